package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Collects the rows of a statement; each has a delay of its own, as the nodes of a cluster flush their logs independently. */
final class StatementLog {

    private final SplittableRandom random;
    private final Duration lateness;
    private final List<LogRow> rows = new ArrayList<>();

    StatementLog(SplittableRandom random, Duration lateness) {
        this.random = random;
        this.lateness = lateness;
    }

    /** The longest time from an end until a row is visible. */
    Duration lateness() {
        return lateness;
    }

    SplittableRandom random() {
        return random;
    }

    List<LogRow> rows() {
        return List.copyOf(rows);
    }

    /** A row about something finished at {@code logTime}, visible at any time from then until it is late. */
    void add(String table, LocalDateTime logTime, RowValues values) {
        add(table, logTime, logTime.plus(lateness), values);
    }

    /** The same, but visible by a moment of its own. */
    void add(String table, LocalDateTime logTime, LocalDateTime latest, RowValues values) {
        long range = ChronoUnit.MICROS.between(logTime, latest);
        LocalDateTime visible = logTime.plus(random.nextLong(range + 1), ChronoUnit.MICROS);
        rows.add(new LogRow(table, values.byColumn(), logTime, visible, LogRow.Entry.REQUIRED));
    }

    /** A row that is visible at a given moment. */
    void add(String table, LocalDateTime logTime, LocalDateTime visible, LogRow.Entry entry, RowValues values) {
        rows.add(new LogRow(table, values.byColumn(), logTime, visible, entry));
    }

    /** Adds once more the rows of a table that are there, each with a delay of its own. */
    void repeat(String table) {
        for (LogRow row : List.copyOf(rows)) {
            if (row.table().equals(table)) {
                LocalDateTime visible =
                        row.logTime().plus(random.nextLong(lateness.toNanos() / 1_000 + 1), ChronoUnit.MICROS);
                rows.add(new LogRow(table, row.values(), row.logTime(), visible, LogRow.Entry.REQUIRED));
            }
        }
    }
}
