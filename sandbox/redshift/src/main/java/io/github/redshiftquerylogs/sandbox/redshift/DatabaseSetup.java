package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prepares an empty PostgreSQL server as a Redshift cluster: database, user, clock and system tables. */
record DatabaseSetup(PostgresServer server) {

    /** The columns by which windows, and joins within windows, are read. */
    private static final Map<String, List<String>> INDEXES = Map.ofEntries(
            Map.entry("stl_query", List.of("endtime", "query, userid")),
            Map.entry("stl_querytext", List.of("query")),
            Map.entry("stl_explain", List.of("query")),
            Map.entry("stl_scan", List.of("query")),
            Map.entry("stl_alert_event_log", List.of("query")),
            Map.entry("stl_ddltext", List.of("endtime")),
            Map.entry("stl_utilitytext", List.of("endtime")),
            Map.entry("stl_wlm_query", List.of("service_class_end_time")),
            Map.entry("sys_query_history", List.of("query_id", "end_time")),
            Map.entry("sys_query_text", List.of("query_id")),
            Map.entry("sys_query_detail", List.of("query_id")),
            Map.entry("sys_query_explain", List.of("query_id")));

    void run(String user, String password, List<SystemTable> tables) throws SQLException {
        server.templates().copy(tables, "dev");
        try (Connection dev = server.admin("dev");
                Statement statement = dev.createStatement()) {
            // in one round trip
            statement.execute(String.join(
                    "; ",
                    "create user " + identifier(user) + " password " + literal(password),
                    "grant select on all tables in schema public to " + identifier(user),
                    "insert into sandbox_user values (" + literal(user) + ", 'UNRESTRICTED')",
                    "insert into sandbox_clock values (now() at time zone 'UTC')"));
        }
    }

    /** Statements that prepare an empty database, with nothing in it that differs between stand-ins. */
    static List<String> systemTables(List<SystemTable> tables) {
        List<String> statements = new ArrayList<>(clock());
        tables.forEach(table -> statements.add(table.createStatement()));
        statements.addAll(userViews());
        statements.addAll(RunningStatements.setup());
        for (SystemTable table : tables) {
            for (String columns : INDEXES.getOrDefault(table.name(), List.of())) {
                statements.add("create index on " + table.name() + " (" + columns + ")");
            }
        }
        return statements;
    }

    /** {@code getdate()} is in the time zone of the session. https://docs.aws.amazon.com/redshift/latest/dg/r_GETDATE.html */
    private static List<String> clock() {
        return List.of(
                "create table sandbox_clock (now timestamp(6) without time zone not null)",
                "create function getdate() returns timestamp without time zone stable language sql as"
                        + " $$ select date_trunc('second', now at time zone 'UTC' at time zone current_setting('timezone'))"
                        + " from public.sandbox_clock $$");
    }

    /**
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_INFO.html,
     * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_GRANTS.html: superusers see all rows, others their own.
     */
    private static List<String> userViews() {
        return List.of(
                "create table sandbox_user (name text primary key, syslog_access text not null)",
                "create table sandbox_role_grant (name text not null, role text not null)",
                "create view svv_user_info as select u.usename::text as user_name, u.usesysid::int as user_id,"
                        + " u.usecreatedb as createdb, u.usesuper as superuser, u.usesuper as catalog_update,"
                        + " 'UNLIMITED'::text as connection_limit,"
                        + " coalesce(s.syslog_access, 'RESTRICTED') as syslog_access,"
                        + " null::timestamp as last_ddl_timestamp, 0 as session_timeout, null::text as external_user_id"
                        + " from pg_catalog.pg_user u left join public.sandbox_user s on s.name = u.usename"
                        + " where u.usename = current_user"
                        + " or (select usesuper from pg_catalog.pg_user where usename = current_user)",
                "create view svv_user_grants as select i.user_id, i.user_name, 0 as role_id, g.role as role_name,"
                        + " false as admin_option"
                        + " from public.svv_user_info i join public.sandbox_role_grant g on g.name = i.user_name");
    }

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
