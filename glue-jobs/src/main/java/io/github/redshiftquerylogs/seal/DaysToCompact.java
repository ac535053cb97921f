package io.github.redshiftquerylogs.seal;

import io.github.redshiftquerylogs.lake.DayFiles;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which days of a table are to be compacted; pure. A day that has an entry is, whatever its state: no more rows are expected. One
 * that has another number of rows than its entry is sealed again first.
 */
final class DaysToCompact {

    private DaysToCompact() {}

    /**
     * Decides.
     *
     * @param entries the last entry of each day
     * @param files the files of each day
     * @return the entries of these days, oldest first
     */
    static List<SealedDay> of(Map<LocalDate, SealedDay> entries, Map<LocalDate, DayFiles> files) {
        return entries.values().stream()
                .filter(entry -> Optional.ofNullable(files.get(entry.day()))
                        .filter(found -> found.rows() == entry.lake().rows() && !found.isCompact())
                        .isPresent())
                .sorted(Comparator.comparing(SealedDay::day))
                .toList();
    }
}
