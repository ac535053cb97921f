package io.github.redshiftquerylogs.lake;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.jspecify.annotations.Nullable;

/**
 * Files of one window that are not yet part of the lake.
 *
 * @param files the files; none if the window has no rows
 * @param maxLogTimeOrNull the greatest {@code log_time} in them
 * @param replaced the values that are not as the source gave them
 */
public record WrittenFiles(List<DataFile> files, @Nullable LocalDateTime maxLogTimeOrNull, ReplacedValues replaced)
        implements Serializable {

    /** Joins the files that several tasks have written of one window. */
    public static WrittenFiles of(List<WrittenFiles> parts) {
        ReplacedValues replaced = ReplacedValues.none();
        parts.forEach(part -> replaced.add(part.replaced()));
        return new WrittenFiles(
                parts.stream().flatMap(part -> part.files().stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.maxLogTime().stream())
                        .max(LocalDateTime::compareTo)
                        .orElse(null),
                replaced);
    }

    /** The number of rows, according to the files' metadata. */
    public long rows() {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    /** The greatest {@code log_time}; empty if there is no row. */
    public Optional<LocalDateTime> maxLogTime() {
        return Optional.ofNullable(maxLogTimeOrNull);
    }
}
