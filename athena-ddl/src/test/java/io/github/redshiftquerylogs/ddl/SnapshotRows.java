package io.github.redshiftquerylogs.ddl;

import java.time.LocalDate;
import java.util.List;

/**
 * Snapshots of the last days, by hand: of a cluster {@code support}, whose users and tables are renamed and dropped, and of a
 * cluster {@code partial}, in which nothing was dropped although snapshots have less.
 */
final class SnapshotRows {

    private SnapshotRows() {}

    static List<String> statements(LocalDate today) {
        String[] day = new String[4];
        for (int ago = 0; ago < day.length; ago++) {
            day[ago] = "timestamp '" + today.minusDays(ago) + " 00:10:00'";
        }
        return List.of(
                "INSERT INTO pg_user (cluster_name, log_time, usesysid, usename, usesuper) VALUES "
                        + "('support', " + day[3] + ", 200, 'alice', true), ('support', " + day[3]
                        + ", 201, 'bob', false), "
                        + "('support', " + day[2] + ", 200, 'alice_smith', true), ('support', " + day[2]
                        + ", 201, 'bob', false), "
                        + "('support', " + day[1] + ", 200, 'alice_smith', false), "
                        // the id of a dropped user comes back
                        + "('support', " + day[0] + ", 200, 'alice_smith', false), ('support', " + day[0]
                        + ", 201, 'eve', false), "
                        + "('partial', " + day[3] + ", 300, 'carol', false), ('partial', " + day[3]
                        + ", 301, 'dave', false), "
                        + "('partial', " + day[2] + ", 300, 'carol', false)",
                "INSERT INTO pg_class (cluster_name, log_time, database_name, relid, schema_name, relname, relowner, relkind)"
                        + " VALUES ('support', " + day[3] + ", 'sales', 900, 'mart', 'orders', 200, 'r'), "
                        + "('support', " + day[3] + ", 'sales', 901, 'mart', 'tmp', 201, 'r'), "
                        + "('support', " + day[3] + ", 'hr', 900, 'public', 'staff', 201, 'v'), "
                        + "('support', " + day[2] + ", 'sales', 900, 'mart', 'orders_2026', 200, 'r')",
                "INSERT INTO snapshots_taken (cluster_name, log_time, table_name, database_name, taken_at, row_count, reason)"
                        + " VALUES " + taken("support", "pg_user", "null", day[3], 2)
                        + taken("support", "pg_user", "null", day[2], 2)
                        + taken("support", "pg_user", "null", day[1], 1)
                        + taken("support", "pg_user", "null", day[0], 2)
                        + taken("support", "pg_class", "'sales'", day[3], 2)
                        + taken("support", "pg_class", "'hr'", day[3], 1)
                        + taken("support", "pg_class", "'sales'", day[2], 1)
                        // not taken: the database refused
                        + "('support', " + day[2] + ", 'pg_class', 'hr', null, null, 'refused'), "
                        + taken("partial", "pg_user", "null", day[3], 2)
                        // doubted
                        + "('partial', " + day[2] + ", 'pg_user', null, " + day[2] + ", 1, 'fewer than half'), "
                        // noted, but its rows are not in the lake any more
                        + "('partial', " + day[1] + ", 'pg_user', null, " + day[1] + ", 9, null)");
    }

    private static String taken(String cluster, String table, String database, String at, int rows) {
        return "('%s', %s, '%s', %s, %s, %d, null), ".formatted(cluster, at, table, database, at, rows);
    }
}
