package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the SYS views show of a statement, from its rows in the STL tables: the same user, session, transaction, text
 * and times under another query id.
 *
 * <ul>
 *   <li>A query goes through {@code planning}, {@code queued}, {@code running} and {@code returning} to {@code success},
 *       {@code failed} or {@code canceled}. While it runs it may have an end time, as the documentation's example has.
 *   <li>Most rows are final within half of the settle time of the profile; how others become final says {@link Fate}.
 *   <li>Texts and steps of a running query are shown as well.
 * </ul>
 */
final class SysLog {

    /** The longest time from an end until the rows are final, if they become final on time: half of 15 minutes. */
    static final Duration LATENESS = Duration.ofSeconds(450);

    private static final Duration LATE = Duration.ofHours(3);
    private static final Duration TOO_SHORT_TO_SEE = Duration.ofSeconds(1);
    private static final String PREFIX = "sys_";

    private final boolean shown;
    private final boolean serverless;

    /** @param tables the tables of the cluster */
    SysLog(List<SystemTable> tables) {
        this.shown = tables.stream().anyMatch(table -> writes(table.name()));
        this.serverless = tables.stream().noneMatch(table -> table.name().equals("stl_query"));
    }

    /** Whether rows of this table are written here. */
    static boolean writes(String table) {
        return table.startsWith(PREFIX);
    }

    /** Whether the cluster has SYS views. */
    boolean isShown() {
        return shown;
    }

    /** Adds the rows of a statement whose rows in the STL tables are written. */
    void addTo(StatementLog log, QueryShape shape) {
        if (!shown) {
            return;
        }
        List<LogRow> logged = log.rows();
        for (Execution run : Execution.of(log)) {
            Fate fate = Fate.of(shape, run.number());
            Versions versions = new Versions(log, run, fate, visible(log, run, fate));
            SysQueryRows rows = new SysQueryRows(run, fate, serverless, queued(logged, run));
            history(versions, rows, run, shape);
            rows.texts().forEach(row -> versions.same("sys_query_text", row));
            rows.plan(logged).forEach(row -> versions.whenFinal("sys_query_explain", row));
            for (boolean active : List.of(true, false)) {
                rows.steps(logged, active).forEach(row -> versions.add("sys_query_detail", active, row));
            }
            new SysEventRows(run).addTo(log, versions);
        }
    }

    private static void history(Versions versions, SysQueryRows rows, Execution run, QueryShape shape) {
        LocalDateTime start = run.start();
        if (versions.fate() == Fate.NEVER || run.micros() > TOO_SHORT_TO_SEE.toNanos() / 1_000) {
            versions.open("sys_query_history", start.plus(2, ChronoUnit.MILLIS), rows.history("planning", null));
            versions.open("sys_query_history", start.plus(90, ChronoUnit.MILLIS), rows.history("queued", null));
            // an end time although it runs: see the example of SYS_QUERY_HISTORY
            LocalDateTime seemingEnd = start.plus(61, ChronoUnit.MILLIS);
            versions.open(
                    "sys_query_history",
                    start.plus(300, ChronoUnit.MILLIS),
                    rows.history("running", shape == QueryShape.ORDINARY ? null : seemingEnd));
        }
        if (versions.fate() != Fate.NEVER) {
            LocalDateTime returning = run.end().minus(50, ChronoUnit.MILLIS);
            versions.open("sys_query_history", returning, rows.history("returning", returning));
        }
        versions.whenFinal("sys_query_history", rows.history(rows.finalStatus(), run.end()));
    }

    private static LocalDateTime visible(StatementLog log, Execution run, Fate fate) {
        long micros = log.random().nextLong(1 + log.lateness().toNanos() / 1_000);
        return switch (fate) {
            case SLOW -> run.end().plus(LATENESS).minus(micros, ChronoUnit.MICROS);
            case LATE -> run.end().plus(LATE);
            case ON_TIME, UNKNOWN_STATUS, NEVER -> run.end().plus(micros, ChronoUnit.MICROS);
        };
    }

    private static long queued(List<LogRow> logged, Execution run) {
        return logged.stream()
                .filter(row -> row.table().equals("stl_wlm_query"))
                .filter(row -> Objects.equals(row.values().get("query"), run.query()))
                .mapToLong(row -> row.values().get("total_queue_time") instanceof Long time ? time : 0)
                .findFirst()
                .orElse(0);
    }

    /**
     * Adds the versions of the rows of one run.
     *
     * @param log where the rows go
     * @param run the run
     * @param fate how its rows become final
     * @param visible from when on they are final
     */
    record Versions(StatementLog log, Execution run, Fate fate, LocalDateTime visible) {

        /** A version that is shown before the final one. */
        void open(String table, LocalDateTime from, RowValues values) {
            if (fate != Fate.NEVER && !from.isBefore(visible)) {
                return;
            }
            log.add(table, run.end(), from, LogRow.Entry.NONE, values);
        }

        /** The final version; none if the run never ends. */
        void whenFinal(String table, @Nullable RowValues values) {
            if (fate != Fate.NEVER && values != null) {
                log.add(table, run.end(), visible, fate.entry(), values);
            }
        }

        /** One of both. */
        void add(String table, boolean running, RowValues values) {
            if (running) {
                open(table, run.start().plus(300, ChronoUnit.MILLIS), values);
            } else {
                whenFinal(table, values);
            }
        }

        /** A row that is shown from the start and does not change; it counts once the run has ended. */
        void same(String table, RowValues values) {
            open(table, run.start(), values);
            whenFinal(table, values);
        }
    }
}
