package io.github.redshiftquerylogs.export;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a run did for one table.
 *
 * @param table the table
 * @param origin what the first window's start rests on; empty if it was not found out
 * @param from up to where it was read before
 * @param readUpTo up to where it is read now
 * @param windows finished windows
 * @param unloaded those of them that the cluster unloaded to S3
 * @param rows rows that were appended
 * @param attempts windows that were begun; more than {@code windows} if some had to start over
 * @param time how long it took
 * @param complete whether the run's upper bound was reached
 * @param notes what a user should know besides, such as a gap
 * @param error why it failed; empty if it did not
 */
record TableSummary(
        String table,
        Optional<String> origin,
        Optional<LocalDateTime> from,
        Optional<LocalDateTime> readUpTo,
        int windows,
        int unloaded,
        long rows,
        int attempts,
        Duration time,
        boolean complete,
        List<String> notes,
        Optional<String> error) {

    /** Of a table that failed before anything could be done for it. */
    static TableSummary failed(String table, Throwable cause) {
        return new TableSummary(
                table,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                Duration.ZERO,
                false,
                List.of(),
                Optional.of(ErrorText.of(cause)));
    }
}
