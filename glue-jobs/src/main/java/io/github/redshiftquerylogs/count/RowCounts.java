package io.github.redshiftquerylogs.count;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.failure.LakeException;
import io.github.redshiftquerylogs.lake.AppendResult;
import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.RecordTable;
import io.github.redshiftquerylogs.lake.TableDefinition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code row_counts}, for one cluster: 24 rows for each table and day that was counted. Its {@code log_time} is
 * the time of the count. A day that is there is not written again, so a run that died after its commit is completed from it.
 */
public final class RowCounts {

    private static final int ATTEMPTS = 10;

    private static final String TABLE_NAME = "table_name";
    private static final String DAY = "day";
    private static final String HOUR = "hour";
    private static final String SOURCE_ROWS = "source_rows";
    private static final String LAKE_ROWS = "lake_rows";

    private final RecordTable table;

    /** @param table opened with {@link #definition} */
    public RowCounts(RecordTable table) {
        this.table = table;
    }

    /**
     * The table {@code row_counts}: {@code table_name}, {@code day} and {@code hour} (0 to 23), UTC, and the number of rows
     * in the source and in the lake when they were counted.
     */
    public static TableDefinition definition() {
        return TableDefinition.ofRecords(
                "row_counts",
                "counted",
                List.of(TABLE_NAME, DAY, HOUR),
                List.of(
                        column(TABLE_NAME, ColumnType.STRING),
                        column(DAY, ColumnType.DATE),
                        column(HOUR, ColumnType.INTEGER),
                        column(SOURCE_ROWS, ColumnType.BIGINT),
                        column(LAKE_ROWS, ColumnType.BIGINT)));
    }

    private static DeclaredColumn column(String name, ColumnType type) {
        return new DeclaredColumn(name, type, Blanks.DATA);
    }

    /**
     * The counts that are stored.
     *
     * @param first the first day, UTC
     */
    public List<DayCount> since(LocalDate first) {
        return stored(table.position(), first);
    }

    private List<DayCount> stored(LakePosition base, LocalDate first) {
        Map<Day, Map<Integer, Map<String, Object>>> days = new HashMap<>();
        // no day is counted before it is over
        for (Map<String, Object> row : table.records(base, first.plusDays(1).atStartOfDay())) {
            if (row.get(TABLE_NAME) instanceof String name
                    && row.get(DAY) instanceof LocalDate day
                    && row.get(HOUR) instanceof Integer hour
                    && !day.isBefore(first)) {
                days.computeIfAbsent(new Day(name, day), key -> new HashMap<>()).put(hour, row);
            }
        }
        return days.entrySet().stream()
                .map(day -> new DayCount(
                        day.getKey().table(),
                        day.getKey().day(),
                        hours(day.getValue(), SOURCE_ROWS),
                        hours(day.getValue(), LAKE_ROWS)))
                .toList();
    }

    private static List<Long> hours(Map<Integer, Map<String, Object>> rows, String column) {
        List<Long> hours = new ArrayList<>(Collections.nCopies(DayCount.HOURS, 0L));
        rows.forEach((hour, row) -> {
            if (hour >= 0 && hour < DayCount.HOURS && row.get(column) instanceof Long count) {
                hours.set(hour, count);
            }
        });
        return hours;
    }

    private record Day(String table, LocalDate day) {

        static Day of(DayCount count) {
            return new Day(count.table(), count.day());
        }
    }

    /**
     * Appends counts in one commit, without those of days that are there already.
     *
     * @param counts at least one
     * @param now when they were made, UTC; not before the end of their days
     * @throws LakeException if other runs of the cluster were first each time
     */
    public void append(List<DayCount> counts, LocalDateTime now, Map<String, String> evidence) {
        LocalDate first = counts.stream()
                .map(DayCount::day)
                .min(LocalDate::compareTo)
                .orElseThrow(() -> new IllegalArgumentException("no counts: expected at least one"));
        String last = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            LakePosition base = table.position();
            List<Day> known = stored(base, first).stream().map(Day::of).toList();
            List<DayCount> missing = counts.stream()
                    .filter(count -> !known.contains(Day.of(count)))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            // another run may have counted other tables a moment ago, by a clock that is ahead
            LocalDateTime logTime = base.maxLogTime()
                    .map(newest -> newest.plus(1, ChronoUnit.MICROS))
                    .filter(now::isBefore)
                    .orElse(now);
            List<Map<String, Object>> rows =
                    missing.stream().flatMap(count -> rows(count).stream()).toList();
            AppendResult result = table.append(base, logTime, rows, evidence);
            if (result instanceof AppendResult.Committed) {
                return;
            }
            // refused or unknown: a fresh base shows it
            last = result.toString();
        }
        throw new LakeException("the counts were not stored after " + ATTEMPTS
                + " attempts: expected no other run of this cluster at the same time; the last result: " + last);
    }

    private static List<Map<String, Object>> rows(DayCount count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int hour = 0; hour < DayCount.HOURS; hour++) {
            rows.add(Map.of(
                    TABLE_NAME,
                    count.table(),
                    DAY,
                    count.day(),
                    HOUR,
                    hour,
                    SOURCE_ROWS,
                    count.source().get(hour),
                    LAKE_ROWS,
                    count.lake().get(hour)));
        }
        return rows;
    }
}
