package io.github.redshiftquerylogs.watermark;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How far the files of a cluster's sealed days are compacted. The lake is the truth; this saves a look at it.
 *
 * @param through the last day that was over when all was done, UTC; empty if that is not known
 * @param attempt what was being compacted last, if that run has not finished
 */
public record CompactionState(Optional<LocalDate> through, Optional<SealState.Attempt> attempt) {

    /** Nothing is stored. */
    public static final CompactionState NOTHING = new CompactionState(Optional.empty(), Optional.empty());
}
