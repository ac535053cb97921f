package io.github.redshiftquerylogs.sandbox.workload;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The statements that end in each minute. Pure and stateless: the minutes can be computed in any order, so the rows do not
 * depend on the steps in which time advances.
 */
final class MinuteSchedule {

    /** The first query id; each minute has {@link #IDS_PER_MINUTE}. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final int IDS_PER_MINUTE = 200;
    /** The first id within a minute that is reserved for statements written on demand. */
    static final int FIRST_ID_ON_DEMAND = 150;

    static final int LAST_ID_ON_DEMAND = 189;
    private static final int LONG_ID = 195;
    private static final int LONG_MINUTES = 40;
    /** Minutes of each hour in which nothing ends. */
    static final Set<Integer> IDLE = Set.of(4, 5, 34);

    private final WorkloadProfile profile;

    MinuteSchedule(WorkloadProfile profile) {
        this.profile = profile;
    }

    /** A statement to be written: its shape, its first query id and its end. */
    record Planned(QueryShape shape, int query, LocalDateTime end) {}

    /** The statements that end in a minute, from its beginning until before the next one. */
    List<Planned> endingIn(LocalDateTime minute) {
        List<Planned> planned = new ArrayList<>();
        if (IDLE.contains(minute.getMinute())) {
            return planned;
        }
        SplittableRandom random = new SplittableRandom(profile.seed() ^ (idOf(minute, 0) * 0xD1342543DE82EF95L));
        int id = idOf(minute, 0);
        if (minute.getMinute() == 0 && minute.getHour() % 6 == 0) {
            planned.add(new Planned(QueryShape.ORDINARY, id++, minute));
        }
        if (minute.getHour() % profile.featureHours() == 0) {
            for (QueryShape shape : QueryShape.values()) {
                if (shape.endsInMinute(minute.getMinute())) {
                    LocalDateTime end = minute.plus(25_000_000 + random.nextInt(10_000_000), ChronoUnit.MICROS);
                    int first = shape == QueryShape.LONG ? idOf(minute.minusMinutes(LONG_MINUTES), LONG_ID) : id;
                    planned.add(new Planned(shape, first, end));
                    id += shape.ids();
                }
            }
        }
        long index = ChronoUnit.MINUTES.between(EPOCH, minute);
        long ordinary = (long) ((index + 1) * profile.queriesPerMinute()) - (long) (index * profile.queriesPerMinute());
        for (int i = 0; i < ordinary; i++) {
            LocalDateTime end = minute.plus(random.nextInt(60_000_000), ChronoUnit.MICROS);
            planned.add(new Planned(QueryShape.ORDINARY, id++, end));
        }
        return planned;
    }

    /** The query id of a minute with this number, 0 to 199. */
    static int idOf(LocalDateTime minute, int number) {
        return Math.toIntExact(1 + ChronoUnit.MINUTES.between(EPOCH, minute) * IDS_PER_MINUTE + number);
    }
}
