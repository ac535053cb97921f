package io.github.redshiftquerylogs.querydays;

import io.github.redshiftquerylogs.seal.SealedDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A day of which {@code query_days} gets a revision.
 *
 * @param day the day, UTC
 * @param revision the number of the revision, from 1
 * @param seals the tables that it is made from, each with the revision of its seal, such as {@code stl_query:1 stl_scan:2}
 * @param sealSequence the greatest number of these seals in the cluster's chain
 * @param runs rows of the lake that stand for a run of a query
 */
record DueDay(LocalDate day, int revision, String seals, long sealSequence, long runs) {

    private static final List<String> RUNS = List.of("stl_query", "sys_query_history");

    /**
     * The days whose inputs are sealed, and which were not made since, oldest first.
     *
     * @param entries the cluster's chain, by number
     * @param inputs the inputs that the cluster exports; a day waits until each of them has an entry
     * @param whole the first day that the source still has; of earlier ones no further entry can be expected
     * @param made what the lake has
     */
    static List<DueDay> of(
            List<SealedDays.Entry> entries,
            Set<String> inputs,
            LocalDate whole,
            SortedMap<LocalDate, QueryDays.Made> made) {
        SortedMap<LocalDate, Map<String, SealedDays.Entry>> sealed = new TreeMap<>();
        for (SealedDays.Entry entry : entries) {
            if (QueryDayInput.isInput(entry.day().table())) {
                sealed.computeIfAbsent(entry.day().day(), day -> new TreeMap<>())
                        .put(entry.day().table(), entry);
            }
        }
        List<DueDay> due = new ArrayList<>();
        sealed.forEach((day, tables) -> {
            QueryDays.Made before = made.getOrDefault(day, new QueryDays.Made(0, 0));
            long sequence = tables.values().stream()
                    .mapToLong(SealedDays.Entry::sequence)
                    .max()
                    .orElse(0);
            if ((day.isBefore(whole) || tables.keySet().containsAll(inputs)) && sequence > before.sealSequence()) {
                due.add(new DueDay(
                        day,
                        before.revision() + 1,
                        String.join(
                                " ",
                                tables.values().stream()
                                        .map(entry -> entry.day().table() + ":"
                                                + entry.day().revision())
                                        .toList()),
                        sequence,
                        tables.values().stream()
                                .filter(entry -> RUNS.contains(entry.day().table()))
                                .mapToLong(entry -> entry.day().lake().rows())
                                .sum()));
            }
        });
        return due;
    }
}
