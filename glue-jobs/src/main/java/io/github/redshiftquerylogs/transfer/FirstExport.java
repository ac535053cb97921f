package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Where the first export of a table begins.
 *
 * @param from exclusive, UTC; empty if the source has no row
 * @param note what a user should know; empty if there is nothing
 */
public record FirstExport(Optional<LocalDateTime> from, Optional<String> note) {

    /**
     * Begins with the first row, but not within an hour of the retention's edge, where the source trims rows while they
     * are read.
     *
     * @param firstRow the source's first row
     */
    static FirstExport of(Optional<LocalDateTime> firstRow, LocalDateTime runUpperBound) {
        LocalDateTime earliest = Retention.safeFrom(runUpperBound);
        if (firstRow.filter(row -> Retention.isTrimming(row, runUpperBound)).isEmpty()) {
            return withRow(firstRow);
        }
        return new FirstExport(
                Optional.of(earliest),
                Optional.of("the first export begins at " + earliest + ", not with the source's first row of "
                        + firstRow.get() + ": the source may trim older rows while they are read"));
    }

    /** Begins with the first row of a table that the source does not trim. */
    static FirstExport withRow(Optional<LocalDateTime> firstRow) {
        return new FirstExport(firstRow.map(WindowPlan::justBefore), Optional.empty());
    }

    /**
     * The source did not say what its first row is.
     *
     * @param earliest a time before which none is to be exported
     */
    static FirstExport unknown(LocalDateTime earliest, String why) {
        return new FirstExport(
                Optional.of(earliest),
                Optional.of("the first export begins at " + earliest + ", because the source's first row is unknown: "
                        + why));
    }
}
