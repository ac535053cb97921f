package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a statement and gives each its own delay, as the nodes of a cluster flush their logs when they like. */
final class StatementLog {

    private final SplittableRandom random;
    private final Duration lateness;
    private final List<LogRow> rows = new ArrayList<>();

    StatementLog(SplittableRandom random, Duration lateness) {
        this.random = random;
        this.lateness = lateness;
    }

    SplittableRandom random() {
        return random;
    }

    List<LogRow> rows() {
        return List.copyOf(rows);
    }

    /** A row about something finished at {@code logTime}, visible at any time from then until it is late. */
    void add(String table, LocalDateTime logTime, @Nullable Object... namesAndValues) {
        add(table, logTime, logTime.plus(lateness), namesAndValues);
    }

    /** The same, but visible by a moment of its own. */
    void add(String table, LocalDateTime logTime, LocalDateTime latest, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("no column name at " + i);
            }
            values.put(name, namesAndValues[i + 1]);
        }
        long range = ChronoUnit.MICROS.between(logTime, latest);
        LocalDateTime visible = logTime.plus(random.nextLong(range + 1), ChronoUnit.MICROS);
        rows.add(new LogRow(table, values, logTime, visible));
    }

    /** Adds once more the rows of a table that are there, each with a delay of its own. */
    void repeat(String table) {
        for (LogRow row : List.copyOf(rows)) {
            if (row.table().equals(table)) {
                LocalDateTime visible =
                        row.logTime().plus(random.nextLong(lateness.toNanos() / 1_000 + 1), ChronoUnit.MICROS);
                rows.add(new LogRow(table, row.values(), row.logTime(), visible));
            }
        }
    }
}
