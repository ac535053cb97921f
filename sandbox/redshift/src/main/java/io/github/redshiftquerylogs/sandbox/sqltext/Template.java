package io.github.redshiftquerylogs.sandbox.sqltext;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A statement that clusters run repeatedly with different values, as dashboards and loads do. All clusters have the same
 * templates, so that questions across clusters have answers.
 *
 * @param sql with {@code #} as the placeholder of a number
 * @param tables the tables that it scans; an alert refers to the first one
 * @param alert the alert that Redshift may log, null if there is none
 */
public record Template(
        String sql, List<String> tables, @Nullable Alert alert) {

    /** Event and solution as in {@code stl_alert_event_log}. */
    public record Alert(String event, String solution) {}

    public static final List<String> WAREHOUSE = List.of(
            "sales", "listing", "event", "users", "venue", "date", "web_clicks", "orders", "customers", "stage_orders");

    private static final Alert SELECTIVE_FILTER = new Alert(
            "Very selective query filter:ratio=rows(61)/rows_pre_user_filter(11800311)=0.000005",
            "Review the choice of sort key to enable range restricted scans, or run the VACUUM command to ensure the table"
                    + " is sorted");
    private static final Alert GHOST_ROWS = new Alert(
            "Scanned a large number of deleted rows:rows_pre_filter(9123123)-rows_pre_user_filter(212)=9122911",
            "Run the VACUUM command to reclaim deleted space");
    private static final Alert BROADCAST = new Alert(
            "Broadcasted a large number of rows across the network:4122913 rows were broadcasted in order to process the"
                    + " hash join",
            "Review the choice of distribution key to collocate the join or use a distribution style of ALL");

    public static final Template NESTED_LOOP = new Template(
            "select e.eventname, v.venuename\nfrom event e, venue v\nwhere e.starttime > dateadd(day, -#, getdate())",
            List.of("event", "venue"),
            new Alert("Nested Loop Join in the query plan", "Review the join predicates to avoid Cartesian products"));

    public static final Template MISSING_STATISTICS = new Template(
            "insert into orders select o.*, c.region from stage_orders o join customers c using (customer_id)"
                    + " where o.batch = #",
            List.of("stage_orders", "customers"),
            new Alert("Missing query planner statistics", "Run the ANALYZE command"));

    private static final List<Template> ORDINARY = List.of(
            new Template("""
                    select d.caldate, sum(s.pricepaid) as revenue, count(distinct s.buyerid) as buyers
                    from sales s join date d on s.dateid = d.dateid
                    where d.year = 2026 and d.week = # and s.qtysold > 0
                    group by d.caldate
                    order by d.caldate -- dashboard: revenue by day
                    """, List.of("sales", "date"), BROADCAST),
            new Template(
                    "select count(*) from web_clicks where session_id = '#' and url like '%/checkout'",
                    List.of("web_clicks"), SELECTIVE_FILTER),
            new Template("""
                    SELECT u.userid, u.firstname || ' ' || u.lastname AS "Name", sum(l.totalprice)
                    \tFROM users u JOIN listing l ON l.sellerid = u.userid
                    \tWHERE l.listid % 100 = # GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50;""", List.of("listing", "users"), GHOST_ROWS),
            new Template("select max(order_id) from orders where customer_id = #", List.of("orders"), null),
            new Template(
                    "/* etl_nightly step # */ delete from stage_orders using orders where stage_orders.order_id ="
                            + " orders.order_id",
                    List.of("stage_orders", "orders"),
                    null));

    public static Template ordinary(SplittableRandom random) {
        return ORDINARY.get(random.nextInt(ORDINARY.size()));
    }

    public String statement(int number) {
        return sql.replace("#", Integer.toString(number));
    }
}
