package io.github.redshiftquerylogs.seal;

import java.time.LocalDate;
import java.util.List;

/** What is written about days once they are sealed. */
public interface Summaries {

    /**
     * Writes what is due.
     *
     * @param entries the cluster's chain, by number
     * @param whole the first day that the source still has as a whole
     * @return whether nothing is left for a later run
     */
    boolean write(List<SealedDays.Entry> entries, LocalDate whole);
}
