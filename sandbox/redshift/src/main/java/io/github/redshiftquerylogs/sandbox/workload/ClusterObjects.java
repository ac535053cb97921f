package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.sqltext.Template;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The users, databases and tables that the rows of a {@link Workload} name by their ids. */
public final class ClusterObjects {

    private static final int FIRST_TABLE = 100_100;
    private static final String SCHEMA = "mart";
    /** The users of {@link Session} that still exist; the others were dropped. */
    private static final Map<Integer, String> USERS =
            Map.of(100, "dashboards", 101, "etl", 102, "loader", 103, "IAMR:data-science", 110, "o'neill");

    private static final List<String> STATES = List.of("""
            insert into svv_table_info (database, schema, table_id, "table", encoded, diststyle, sortkey1, max_varchar,
                sortkey1_enc, sortkey_num, size, pct_used, empty, unsorted, stats_off, tbl_rows, skew_sortkey1, skew_rows,
                estimated_visible_rows, risk_event, vacuum_sort_benefit, create_time)
            select current_database(), n.nspname, t.oid, t.relname, 'Y, AUTO(ENCODE)', 'AUTO(EVEN)', null, 256, 'none',
                number % 2, 7 * number, number / 80.0, 0, case when number % 2 = 1 then 12.5 * (number % 8) end,
                number % 101, 12345678901234567 + number, null, 1 + number / 4.0, 12345678901234000, null, null,
                timestamp '2026-01-15 08:00:00.123456' + number * interval '1 day'
            from pg_class t join pg_namespace n on n.oid = t.relnamespace
            cross join lateral (select cast(cast(t.oid as bigint) % 100 as integer) + 1) numbers (number)
            where n.nspname = 'mart'""", """
            insert into stv_wlm_service_class_config (service_class, num_query_tasks, target_num_query_tasks,
                query_working_mem, name, max_execution_time, user_group_wild_card, query_group_wild_card,
                concurrency_scaling, query_priority, user_role_wild_card)
            values (5, 1, 1, 256, 'Service class for super user', 0, false, false, 'off', 'Normal', false),
                (6, -1, -1, -1, 'etl', 3600000, false, true, 'off', 'High', false),
                (100, -1, -1, -1, 'Default queue', 0, false, false, 'auto', 'Normal', false)""", """
            insert into stv_wlm_qmr_config (service_class, rule_name, action, metric_name, metric_operator, metric_value)
            values (6, 'long', 'log', 'query_execution_time', '>', 3600), (6, 'skew', 'hop', 'io_skew', '>', 1.3)""", """
            insert into stv_wlm_classification_config (id, condition, action_seq, action, action_service_class)
            values (1, '(user group: etl)', 0, 'assign', 6), (2, '(query group: nightly)', 0, 'assign', 6)""");

    private ClusterObjects() {}

    /** The id of a table of {@link Template#WAREHOUSE}, the same in each database. */
    static int tableId(String table) {
        return FIRST_TABLE + Template.WAREHOUSE.indexOf(table);
    }

    /** Creates the users. */
    public static void createUsers(EmbeddedRedshift redshift) {
        new TreeMap<>(USERS).forEach(redshift.catalog()::createUser);
    }

    /** Creates the tables in a database, and the database unless it is the first one. */
    public static void createTables(EmbeddedRedshift redshift, String database) {
        if (!database.equals(redshift.database())) {
            redshift.catalog().createDatabase(database);
        }
        Map<Integer, String> tables = new TreeMap<>();
        Template.WAREHOUSE.forEach(table -> tables.put(tableId(table), table));
        redshift.catalog().createTables(database, SCHEMA, tables);
    }

    /**
     * Creates the tables of states in a database with the states of its tables and of the queues.
     *
     * @param reader gets the right to read them, which only superusers have
     */
    public static void createStates(EmbeddedRedshift redshift, String database, String reader) {
        redshift.catalog().createStateTables(database);
        try (Connection admin = redshift.newAdmin(database);
                Statement statement = admin.createStatement()) {
            for (String sql : STATES) {
                statement.execute(sql);
            }
            statement.execute("grant select on all tables in schema public to \"" + reader + '"');
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the states of " + database + " in " + redshift, e);
        }
    }
}
