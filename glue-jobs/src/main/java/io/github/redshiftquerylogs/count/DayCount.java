package io.github.redshiftquerylogs.count;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a table on a day by hour of {@code log_time}: those that the source shows and those in the lake; pure.
 *
 * @param table the table
 * @param day the day, UTC
 * @param source 24 numbers of rows in the source, from hour 0
 * @param lake 24 numbers of rows in the lake, from hour 0
 */
public record DayCount(String table, LocalDate day, List<Long> source, List<Long> lake) {

    /** Hours of a day in UTC. */
    public static final int HOURS = 24;

    /** @throws IllegalArgumentException if there are not 24 hours */
    public DayCount {
        source = List.copyOf(source);
        lake = List.copyOf(lake);
        if (source.size() != HOURS || lake.size() != HOURS) {
            throw new IllegalArgumentException(
                    source.size() + " hours of the source and " + lake.size() + " of the lake: expected 24 of both");
        }
    }

    /** The rows of the day in the source. */
    public long sourceRows() {
        return sum(source);
    }

    /** The rows of the day in the lake. */
    public long lakeRows() {
        return sum(lake);
    }

    /** The hours in which the numbers differ, from 0 to 23. */
    public List<Integer> differingHours() {
        return IntStream.range(0, HOURS)
                .filter(hour -> !source.get(hour).equals(lake.get(hour)))
                .boxed()
                .toList();
    }

    /** The hours in which the source has more rows. Fewer rows are no loss: the source may have trimmed some. */
    public List<Integer> hoursWithMissingRows() {
        return IntStream.range(0, HOURS)
                .filter(hour -> source.get(hour) > lake.get(hour))
                .boxed()
                .toList();
    }

    /** The hours with rows in which the numbers are equal, from 0 to 23. */
    public List<Integer> hoursWithEqualRows() {
        return IntStream.range(0, HOURS)
                .filter(hour -> source.get(hour) > 0 && source.get(hour).equals(lake.get(hour)))
                .boxed()
                .toList();
    }

    /** Whether the source shows none of the lake's rows. It may be about to resume, so once is no answer. */
    public boolean showsNothing() {
        return sourceRows() == 0 && lakeRows() > 0;
    }

    private static long sum(List<Long> rows) {
        return rows.stream().mapToLong(Long::longValue).sum();
    }
}
