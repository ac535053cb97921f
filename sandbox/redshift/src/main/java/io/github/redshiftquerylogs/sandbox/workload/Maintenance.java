package io.github.redshiftquerylogs.sandbox.workload;

import java.util.List;

/**
 * A statement of a nightly job.
 *
 * @param sql its text
 * @param fails whether it is aborted
 */
record Maintenance(String sql, boolean fails) {

    /** Statements that Redshift logs as queries. */
    static final List<Maintenance> QUERIES = List.of(
            new Maintenance("copy stage_orders from 's3://landing/orders/' iam_role default format csv", false),
            new Maintenance("copy web_clicks from 's3://landing/clicks/' iam_role default format json 'auto'", true),
            new Maintenance("unload ('select * from sales') to 's3://reports/sales_' iam_role default", false),
            new Maintenance("call mart.close_day('2026-11-20')", false),
            new Maintenance("select count(*) from spectrum.clicks where day = '2026-11-20'", false));

    /** Statements that Redshift logs as utility statements. */
    static final List<String> UTILITIES = List.of(
            "refresh materialized view mart.revenue_by_day", "vacuum sort only orders to 99 percent", "analyze orders");
}
