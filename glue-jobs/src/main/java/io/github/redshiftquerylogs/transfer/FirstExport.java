package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.window.Retention;
import io.github.redshiftquerylogs.window.WindowPlan;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Where the first export of a table begins, and how.
 *
 * @param from exclusive, UTC; empty if the source has no row
 * @param small whether the table has so few rows that its windows may be longer
 * @param note what a user should know; empty if there is nothing
 */
public record FirstExport(Optional<LocalDateTime> from, boolean small, Optional<String> note) {

    /** At most this many rows are few: they are a small file of the lake. */
    public static final long FEW = 20_000;

    /** The same begin of a table whose number of rows is known. */
    FirstExport withRows(long number) {
        return new FirstExport(from, number <= FEW, note);
    }

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
                false,
                Optional.of("the first export begins at " + earliest + ", not with the source's first row of "
                        + firstRow.get() + ": the source may trim older rows while they are read"));
    }

    /** Begins with the first row of a table that the source does not trim. */
    static FirstExport withRow(Optional<LocalDateTime> firstRow) {
        return new FirstExport(firstRow.map(WindowPlan::justBefore), false, Optional.empty());
    }

    /**
     * The source did not say what its first row is.
     *
     * @param earliest a time before which none is to be exported
     */
    static FirstExport unknown(LocalDateTime earliest, String why) {
        return new FirstExport(
                Optional.of(earliest),
                false,
                Optional.of("the first export begins at " + earliest + ", because the source's first row is unknown: "
                        + why));
    }
}
