package io.github.redshiftquerylogs.watermark;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The last day of a table that needs no further count.
 *
 * @param day the day, UTC
 * @param totals its count; empty if it was given up
 */
public record ClosedDay(LocalDate day, Optional<Totals> totals) {

    /**
     * The count of a day.
     *
     * @param sourceRows rows in the source
     * @param lakeRows rows in the lake
     * @param differingHours the hours, 0 to 23 UTC, in which both differ
     */
    public record Totals(long sourceRows, long lakeRows, List<Integer> differingHours) {

        public Totals {
            differingHours = List.copyOf(differingHours);
        }
    }
}
