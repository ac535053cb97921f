package io.github.redshiftquerylogs.watermark;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How far the days of a cluster are sealed. The table {@code sealed_days} of the lake is the truth; this saves a look at it.
 *
 * @param through all days up to this one are done, UTC; empty if none is, or if that is not known
 * @param attempt what was being sealed last, if that run has not finished
 */
public record SealState(Optional<LocalDate> through, Optional<Attempt> attempt) {

    /** Nothing is stored. */
    public static final SealState NOTHING = new SealState(Optional.empty(), Optional.empty());

    /**
     * A table and a day that are being sealed.
     *
     * @param table the table
     * @param day the day, UTC
     */
    public record Attempt(String table, LocalDate day) {}
}
