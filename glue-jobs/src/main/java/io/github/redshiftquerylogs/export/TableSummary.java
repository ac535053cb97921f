package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run did for one table.
 *
 * @param table the table
 * @param start the starting point of the first window; empty if the run failed before it was known
 * @param readUpTo everything up to here, inclusive, is in the lake now; UTC
 * @param counts windows, rows and attempts
 * @param time the duration
 * @param complete whether the run's upper bound was reached; for a snapshot, whether the lake has all that can be read
 * @param backfill how far the first export is, if it takes more than this run
 * @param notes findings that a user should know, such as a gap
 * @param unavailable why it cannot be read; empty if it can
 * @param error why it failed; empty if it did not
 */
record TableSummary(
        String table,
        Optional<StartingPoint> start,
        Optional<LocalDateTime> readUpTo,
        TableCounts counts,
        Duration time,
        boolean complete,
        Optional<Backfill> backfill,
        List<String> notes,
        Optional<Unavailable> unavailable,
        Optional<String> error) {

    /** A table that failed before anything was done for it. */
    static TableSummary failed(String table, Failure failure) {
        return new TableSummary(
                table,
                Optional.empty(),
                Optional.empty(),
                TableCounts.NONE,
                Duration.ZERO,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(failure.text()));
    }

    /** A table that was not asked for, because it is known that it cannot be read. */
    static TableSummary unavailable(String table, Unavailable why) {
        return new TableSummary(
                table,
                Optional.empty(),
                Optional.empty(),
                TableCounts.NONE,
                Duration.ZERO,
                false,
                Optional.empty(),
                List.of(),
                Optional.of(why),
                Optional.empty());
    }

    TableSummary withNotes(List<String> more) {
        return new TableSummary(
                table,
                start,
                readUpTo,
                counts,
                time,
                complete,
                backfill,
                Stream.concat(notes.stream(), more.stream()).toList(),
                unavailable,
                error);
    }

    /** The origin of the starting point: {@code watermark}, {@code lake} or {@code first_export}. */
    Optional<String> origin() {
        return start.map(point -> point.origin().name().toLowerCase(Locale.ROOT));
    }

    /** Everything up to here, inclusive, was in the lake when the run began; UTC. */
    Optional<LocalDateTime> from() {
        return start.flatMap(StartingPoint::from);
    }

    int windows() {
        return counts.windows();
    }

    int unloaded() {
        return counts.unloaded();
    }

    long rows() {
        return counts.rows();
    }

    int attempts() {
        return counts.attempts();
    }
}
