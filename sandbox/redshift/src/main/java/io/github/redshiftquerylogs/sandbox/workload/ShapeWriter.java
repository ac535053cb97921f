package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.sqltext.Fragments;
import io.github.redshiftquerylogs.sandbox.sqltext.OddTexts;
import io.github.redshiftquerylogs.sandbox.sqltext.Template;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Writes statements of each {@link QueryShape}. Pure: the same profile, tables, id and end give the same rows. */
final class ShapeWriter {

    /** The value of STL_WLM_QUERY for a time that was never recorded. */
    static final LocalDateTime SENTINEL = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final Duration LONG = Duration.ofMinutes(40);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final String HASH_JOIN = "XN Hash Join DS_BCAST_INNER";

    private final WorkloadProfile profile;
    private final FurtherTables further;
    private final SysLog sys;
    private final Set<String> tables;

    /** @param tables the tables of the cluster */
    ShapeWriter(WorkloadProfile profile, List<SystemTable> tables) {
        this.profile = profile;
        this.further = new FurtherTables(tables);
        this.sys = new SysLog(tables);
        this.tables = tables.stream().map(SystemTable::name).collect(Collectors.toSet());
    }

    /** For how long before its end a statement is shown, at most. */
    Duration longestRun() {
        return sys.isShown() ? LONG.plusMinutes(1) : Duration.ZERO;
    }

    LoggedStatement write(QueryShape shape, int query, LocalDateTime end) {
        SplittableRandom random = new SplittableRandom(profile.seed() * 0x9E3779B97F4A7C15L + query);
        StatementLog log = new StatementLog(random, profile.lateness());
        Session session = shape == QueryShape.SYSTEM ? Session.system(random, query) : Session.random(random, query);
        Template template = Template.ordinary(random);
        int number = 1 + random.nextInt(90_000);
        String statement = template.statement(number);
        LocalDateTime start = end.minus(duration(shape, random), ChronoUnit.MICROS);
        QueryLog plain = new QueryLog(log, session, query, start, end);
        switch (shape) {
            case ORDINARY, SYSTEM -> {
                ordinary(plain, template, statement).wlm(query, start, left(random, start, end), 0, "Completed");
                if (template.alert() != null && random.nextInt(3) == 0) {
                    plain.alert(template);
                }
            }
            case LONG -> {
                LocalDateTime began = end.minus(LONG);
                Template alerting = Template.NESTED_LOOP;
                ordinary(
                                new QueryLog(log, session, query, began, end),
                                alerting,
                                OddTexts.longList(alerting.statement(number), number))
                        .alert(alerting)
                        .wlm(query, began, left(random, began, end), 3 * MICROS_PER_SECOND, "Completed");
            }
            case TIED -> {
                for (int i = 0; i < shape.ids(); i++) {
                    Session own = Session.random(random, query + i);
                    LocalDateTime began = start.minusSeconds(i * 7L);
                    ordinary(new QueryLog(log, own, query + i, began, end), template, template.statement(number + i))
                            .wlm(query + i, began, end, 0, "Completed");
                }
            }
            case ODD_TEXT ->
                ordinary(plain, template, OddTexts.statement(number))
                        .wlm(query, start, left(random, start, end), 0, "Completed");
            case TEXT_LIKE_NULL -> {
                for (int i = 0; i < shape.ids(); i++) {
                    Session own = Session.random(random, query + i);
                    new QueryLog(log, own, query + i, start, end.plus(i, ChronoUnit.MICROS))
                            .queryAndText(OddTexts.LIKE_NULL.get(i), true);
                }
            }
            case ABORTED ->
                plain.queryAndText(statement, true)
                        .plan(template, HASH_JOIN)
                        .wlm(query, start, left(random, start, end), 0, "Canceled");
            case TWICE ->
                ordinary(plain, template, statement)
                        .ranAgain(statement, end.plusSeconds(1), end.plusSeconds(20), end.plus(profile.lateness()))
                        .wlm(query, start, left(random, start, end), 0, "Completed");
            case SHARED_ID -> {
                ordinary(plain, template, statement).wlm(query, start, left(random, start, end), 0, "Completed");
                LocalDateTime began = start.plusSeconds(2);
                LocalDateTime ended = end.plusSeconds(10);
                ordinary(
                                new QueryLog(log, session.ofSomeoneElse(), query, began, ended),
                                template,
                                template.statement(number + 1))
                        .wlm(query + 1, began, left(random, began, ended), 0, "Completed");
            }
            case SENTINEL_END -> ordinary(plain, template, statement).wlm(query, start, SENTINEL, 0, "");
            case NULL_END -> ordinary(plain, template, statement).wlm(query, start, null, 0, "");
            case EVICTED -> {
                LocalDateTime evicted = end.minusSeconds(20);
                plain.wlm(query, evicted.minusSeconds(300), evicted, 250 * MICROS_PER_SECOND, "Evicted");
                ordinary(new QueryLog(log, session, query + 1, evicted, end), template, statement)
                        .wlm(query, evicted, left(random, evicted, end), 0, "Completed");
            }
            case WITHOUT_SCANS ->
                plain.queryAndText("select current_date /* " + number + " */", false)
                        .wlm(query, start, left(random, start, end), 0, "Completed");
            case QUEUED -> {
                long queued = (120 + random.nextInt(400)) * MICROS_PER_SECOND;
                LocalDateTime began = start.minus(queued, ChronoUnit.MICROS);
                ordinary(new QueryLog(log, session, query, began, end), template, statement)
                        .wlm(query, began, left(random, start, end), queued, "Completed");
            }
            case NESTED_LOOP ->
                plain.queryAndText(Template.NESTED_LOOP.statement(number % 30), false)
                        .plan(Template.NESTED_LOOP, "XN Nested Loop DS_BCAST_INNER")
                        .scans(Template.NESTED_LOOP)
                        .alert(Template.NESTED_LOOP)
                        .wlm(query, start, left(random, start, end), 0, "Completed");
            case MISSING_STATISTICS ->
                ordinary(plain, Template.MISSING_STATISTICS, Template.MISSING_STATISTICS.statement(number))
                        .planMissesStatistics(Template.MISSING_STATISTICS)
                        .alert(Template.MISSING_STATISTICS)
                        .wlm(query, start, left(random, start, end), 0, "Completed");
            case DUPLICATE_ROWS -> {
                Template alerting = Template.NESTED_LOOP;
                plain.queryAndText(alerting.statement(number), false)
                        .scans(alerting)
                        .alert(alerting);
                log.repeat("stl_scan");
                log.repeat("stl_alert_event_log");
            }
            case MAINTENANCE -> maintenance(log, random, query, end);
            case DDL -> text(log, "stl_ddltext", session, "", OddTexts.createTable(number % 100), start, end);
            case UTILITY ->
                text(log, "stl_utilitytext", session, session.label(), OddTexts.grant(number % 100), start, end);
        }
        further.addTo(log);
        sys.addTo(log, shape);
        return new LoggedStatement(
                shape,
                query,
                end,
                log.rows().stream().filter(row -> tables.contains(row.table())).toList());
    }

    private static void maintenance(StatementLog log, SplittableRandom random, int query, LocalDateTime end) {
        for (int i = 0; i < Maintenance.QUERIES.size(); i++) {
            Session own = Session.random(random, query + i);
            LocalDateTime ended = end.plusSeconds(i);
            Maintenance statement = Maintenance.QUERIES.get(i);
            new QueryLog(log, own, query + i, ended.minusSeconds(20L + i), ended)
                    .queryAndText(statement.sql(), statement.fails());
        }
        for (int i = 0; i < Maintenance.UTILITIES.size(); i++) {
            Session own = Session.random(random, query + Maintenance.QUERIES.size() + i);
            LocalDateTime ended = end.plusSeconds(i);
            text(
                    log,
                    "stl_utilitytext",
                    own,
                    own.label(),
                    Maintenance.UTILITIES.get(i),
                    ended.minusSeconds(15L + i),
                    ended);
        }
    }

    /** In microseconds: milliseconds to seconds, and up to ten minutes for every sixth ordinary query. */
    private static long duration(QueryShape shape, SplittableRandom random) {
        boolean slow = shape == QueryShape.ORDINARY && random.nextInt(6) == 0;
        return 10_000 + random.nextLong(slow ? 600 * MICROS_PER_SECOND : 8 * MICROS_PER_SECOND);
    }

    private static QueryLog ordinary(QueryLog query, Template template, String statement) {
        return query.queryAndText(statement, false).plan(template, HASH_JOIN).scans(template);
    }

    /** A query leaves its service class shortly before its end, in the same minute, so that idle minutes stay idle. */
    private static LocalDateTime left(SplittableRandom random, LocalDateTime start, LocalDateTime end) {
        LocalDateTime left = end.minus(random.nextInt(9_000), ChronoUnit.MICROS);
        LocalDateTime minute = end.truncatedTo(ChronoUnit.MINUTES);
        return left.isBefore(minute) || !left.isAfter(start) ? end : left;
    }

    private static void text(
            StatementLog log,
            String table,
            Session session,
            String label,
            String statement,
            LocalDateTime start,
            LocalDateTime end) {
        List<String> fragments = Fragments.of(statement);
        for (int i = 0; i < fragments.size(); i++) {
            log.add(
                    table,
                    end,
                    new RowValues()
                            .set("userid", session.userid())
                            .set("xid", session.xid())
                            .set("pid", session.pid())
                            .set("label", label)
                            .set("starttime", start)
                            .set("endtime", end)
                            .set("sequence", i)
                            .set("text", fragments.get(i)));
        }
    }
}
