package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the tables that {@link ShapeWriter} has no rows for: a table that was added to the catalogue has rows without
 * further code.
 *
 * <p>A query leaves one row in each of these tables. Columns that {@code stl_query} has as well hold the query's values,
 * so that the row joins its query by {@code query}, {@code userid} or {@code xid}; other timestamps are the start or the
 * end of the query, other numbers are random, and other text is one of {@link #TEXTS} or the column's name.
 */
final class FurtherTables {

    private static final String PARENT = "stl_query";
    /** The tables that the shapes write rows of. */
    private static final Set<String> WRITTEN_BY_SHAPES = Set.of(
            "stl_alert_event_log",
            "stl_ddltext",
            "stl_explain",
            PARENT,
            "stl_querytext",
            "stl_scan",
            "stl_utilitytext",
            "stl_wlm_query");

    /** What some columns say in Redshift, by table and column. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "stl_analyze.status", List.of("Full", "Skipped", "PredicateColumn"),
            "stl_connection_log.event", List.of("initiating session", "authenticated", "disconnecting session"),
            "stl_s3client.http_method", List.of("GET", "PUT", "HEAD"),
            "stl_userlog.action", List.of("Create", "Alter", "Drop", "Rename"),
            "stl_vacuum.status", List.of("Started", "Finished", "[VacuumBG] Started", "[VacuumBG] Finished"),
            "stl_wlm_rule_action.action", List.of("log", "hop(restart)", "abort", "none"),
            "svl_qlog.concurrency_scaling_status_txt",
                    List.of("0 - Ran on the main cluster", "1 - Ran on a concurrency cluster"));

    /** Some times are numbers: microseconds since then. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final List<SystemTable> tables;

    /** @param all the tables of the cluster */
    FurtherTables(List<SystemTable> all) {
        this.tables = all.stream()
                .filter(table -> !WRITTEN_BY_SHAPES.contains(table.name()))
                .filter(table -> !SysLog.writes(table.name()))
                .toList();
    }

    /** Adds the rows of a statement that is written: one for each of its query ids, at the end of that query's first run. */
    void addTo(StatementLog log) {
        List<List<@Nullable Object>> seen = new ArrayList<>();
        for (LogRow query : log.rows()) {
            List<@Nullable Object> id = new ArrayList<>();
            id.add(query.values().get("query"));
            id.add(query.values().get("userid"));
            if (!query.table().equals(PARENT) || seen.contains(id)) {
                continue;
            }
            seen.add(id);
            for (SystemTable table : tables) {
                log.add(table.name(), query.logTime(), values(table, query, log));
            }
        }
    }

    private static RowValues values(SystemTable table, LogRow query, StatementLog log) {
        Map<String, @Nullable Object> parent = query.values();
        RowValues values = new RowValues();
        for (SystemColumn column : table.columns()) {
            Object inherited = parent.get(column.name());
            values.set(
                    column.name(),
                    switch (column.type()) {
                        case INTEGER ->
                            inherited instanceof Integer number
                                    ? number
                                    : log.random().nextInt(1_000);
                        case BIGINT ->
                            inherited instanceof Number number
                                    ? number.longValue()
                                    : column.name().equals("start_time")
                                                    || column.name().equals("end_time")
                                            ? ChronoUnit.MICROS.between(EPOCH, time(column, query))
                                            : log.random().nextLong(1_000_000);
                        case NUMERIC -> log.random().nextLong(100_000);
                        case DOUBLE -> log.random().nextInt(1_000) / 8.0;
                        case BOOLEAN -> log.random().nextBoolean();
                        case TIMESTAMP -> inherited instanceof LocalDateTime time ? time : time(column, query);
                        case CHARACTER -> cut(text(table, column, inherited, log), column.length());
                        case TEXT -> text(table, column, inherited, log);
                    });
        }
        return values;
    }

    private static LocalDateTime time(SystemColumn column, LogRow query) {
        return column.name().contains("start") && query.values().get("starttime") instanceof LocalDateTime start
                ? start
                : query.logTime();
    }

    private static String text(SystemTable table, SystemColumn column, @Nullable Object inherited, StatementLog log) {
        List<String> texts = TEXTS.getOrDefault(table.name() + "." + column.name(), List.of(column.name()));
        return inherited instanceof String text ? text : texts.get(log.random().nextInt(texts.size()));
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }
}
