package io.github.redshiftquerylogs.sandbox.demo.check;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A day of a table: the numbers of its last entry in {@code sealed_days}, and the number of its rows in the lake; pure.
 *
 * @param table the table
 * @param day the day, UTC
 * @param state of the entry; null if there is none
 * @param sourceRows of the entry; null if there is none
 * @param lakeRows of the entry; null if there is none
 * @param rows rows of the day in the lake
 */
record SealedDayRow(
        String table,
        LocalDate day,
        @Nullable String state,
        @Nullable Long sourceRows,
        @Nullable Long lakeRows,
        long rows) {

    /**
     * What is wrong with it.
     *
     * @param first the first day that must be sealed
     * @param last the last day that must be sealed
     */
    Optional<String> problem(LocalDate first, LocalDate last) {
        String subject = table + " " + day + ": ";
        if (state == null) {
            return day.isBefore(first) || day.isAfter(last)
                    ? Optional.empty()
                    : Optional.of(subject + "no entry: expected one, because the day is over");
        }
        if (lakeRows == null || lakeRows != rows) {
            return Optional.of(subject + "its entry says " + lakeRows + " rows: expected the " + rows + " of the lake");
        }
        if (!day.isBefore(first) && !(state.equals("sealed") && lakeRows.equals(sourceRows))) {
            return Optional.of(subject + "is " + state + " with " + sourceRows + " rows in the source and " + lakeRows
                    + " in the lake: expected it sealed, and the same number");
        }
        return Optional.empty();
    }
}
