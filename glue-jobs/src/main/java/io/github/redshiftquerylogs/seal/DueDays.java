package io.github.redshiftquerylogs.seal;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The days of a table that sealing has to look at; pure. A day is sealed when it is over. Its rows are counted again at the
 * age of two days, and of five, before the source trims it: rows may have become visible since. They are also counted again
 * when the lake has another number of them: an export was late, or the lake was rolled back.
 *
 * @param open days that the source still has as a whole and that are not sealed, oldest first
 * @param again sealed days that are counted again, oldest first
 * @param trimmed days that the source has no longer as a whole and that have no entry, oldest first
 * @param cut days without an entry of which another source has or had rows, oldest first: they are not read again
 */
record DueDays(List<LocalDate> open, List<LocalDate> again, List<LocalDate> trimmed, List<LocalDate> cut) {

    private static final List<Integer> AGES = List.of(2, 5);

    DueDays {
        open = List.copyOf(open);
        again = List.copyOf(again);
        trimmed = List.copyOf(trimmed);
        cut = List.copyOf(cut);
    }

    /**
     * Which days are looked at.
     *
     * @param newest the last day that is over
     * @param whole the first day that was exported as a whole and that the source still has as a whole
     * @param before the last day that was over at the last time; empty if that is not known
     * @param boundary the day on which the source took the place of another one; empty if it did not
     */
    record Span(LocalDate newest, LocalDate whole, Optional<LocalDate> before, Optional<LocalDate> boundary) {

        private boolean isOfAnotherSource(LocalDate day) {
            return boundary.filter(last -> !day.isAfter(last)).isPresent();
        }
    }

    /**
     * Decides.
     *
     * @param entries the last entry of each day
     * @param inLake the days with rows in the lake, and how many
     */
    static DueDays of(Span span, Map<LocalDate, SealedDay> entries, Map<LocalDate, Long> inLake) {
        List<LocalDate> open = new ArrayList<>();
        List<LocalDate> again = new ArrayList<>();
        List<LocalDate> cut = new ArrayList<>();
        for (LocalDate day = span.whole(); !day.isAfter(span.newest()); day = day.plusDays(1)) {
            SealedDay entry = entries.get(day);
            if (span.isOfAnotherSource(day)) {
                if (entry == null) {
                    cut.add(day);
                }
            } else if (entry == null) {
                open.add(day);
            } else if (entry.lake().rows() != inLake.getOrDefault(day, 0L)
                    || (entry.state() == SealedDay.State.SEALED && hasAged(day, span))) {
                again.add(day);
            }
        }
        List<LocalDate> trimmed = inLake.keySet().stream()
                // the first day of an own export may be the present one
                .filter(day -> day.isBefore(span.whole()) && !day.isAfter(span.newest()) && !entries.containsKey(day))
                .sorted()
                .toList();
        return new DueDays(open, again, trimmed, cut);
    }

    /** Whether a day has reached one of the ages since the last time. */
    private static boolean hasAged(LocalDate day, Span span) {
        long now = age(day, span.newest());
        long then = span.before().map(before -> age(day, before)).orElse(0L);
        return AGES.stream().anyMatch(at -> now >= at && then < at);
    }

    /** The age of a day when another one is over, in days: 1 for the day itself. */
    static long age(LocalDate day, LocalDate over) {
        return ChronoUnit.DAYS.between(day, over) + 1;
    }
}
