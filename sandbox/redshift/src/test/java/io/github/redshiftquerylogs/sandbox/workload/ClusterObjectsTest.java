package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class ClusterObjectsTest {

    private static final LocalDateTime MORNING = LocalDateTime.parse("2026-11-20T06:30:00");

    @Test
    void rowsNameUsersAndTablesThatExistInEachDatabase() throws SQLException {
        try (EmbeddedRedshift redshift = EmbeddedRedshift.recycled("objects", StandInRows.USER, StandInRows.PASSWORD);
                Workload workload = new Workload(
                        redshift, new Ledger(redshift.tables()), new WorkloadProfile(7, 1, 1, Duration.ofMinutes(2)))) {
            workload.writeHistory(MORNING, MORNING.plusHours(2));
            ClusterObjects.createUsers(redshift);
            for (String database : new String[] {"dev", "analytics"}) {
                ClusterObjects.createTables(redshift, database);
                ClusterObjects.createStates(redshift, database, StandInRows.USER);
            }
            assertThat(number(redshift, "dev", "select count(*) from stl_scan where tbl <> 0"))
                    .isPositive();
            assertThat(number(
                            redshift,
                            "dev",
                            "select count(*) from stl_scan where tbl <> 0 and trim(perm_table_name) is distinct from"
                                    + " (select relname from pg_class where oid = tbl)"))
                    .as("scans of tables with another name, or none")
                    .isZero();
            assertThat(number(
                            redshift,
                            "dev",
                            "select count(distinct userid) from stl_query join pg_user on usesysid = userid"))
                    .isGreaterThan(3);
            assertThat(number(
                            redshift,
                            "analytics",
                            "select count(*) from svv_table_info join pg_class c on c.oid = table_id"
                                    + " where relname = \"table\" and database = 'analytics'"))
                    .isEqualTo(10);
        }
    }

    private static long number(EmbeddedRedshift redshift, String database, String sql) throws SQLException {
        try (Connection admin = redshift.newAdmin(database);
                Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
