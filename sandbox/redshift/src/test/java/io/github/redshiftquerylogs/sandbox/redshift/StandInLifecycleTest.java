package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StandInLifecycleTest {

    @Test
    void severalClustersLiveSideBySideAndDiffer() throws SQLException {
        try (EmbeddedRedshift older = EmbeddedRedshift.start("older", "exporter", "one", Patch.OLDER);
                EmbeddedRedshift newer = EmbeddedRedshift.start("newer", "exporter", "two", Patch.NEWER)) {
            assertThat(older.port()).isNotEqualTo(newer.port());
            assertThatThrownBy(() -> EmbeddedRedshiftTest.connect(newer, "one"))
                    .hasMessageContaining("password authentication failed");
            assertThat(columnsShown(older, "one", "stl_explain"))
                    .isEqualTo(SystemTables.table("stl_explain", Patch.OLDER).columnNames())
                    .doesNotContain("query_uuid");
            assertThat(columnsShown(newer, "two", "stl_explain"))
                    .isEqualTo(SystemTables.table("stl_explain", Patch.NEWER).columnNames())
                    .contains("user_query_id", "child_query_sequence", "query_uuid");
        }
    }

    private static List<String> columnsShown(EmbeddedRedshift redshift, String password, String table)
            throws SQLException {
        try (Connection connection = EmbeddedRedshiftTest.connect(redshift, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table)) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                names.add(result.getMetaData().getColumnName(i));
            }
            return names;
        }
    }

    @Test
    void closingLeavesNoProcessNoFolderNoThreadAndNoPort() throws Exception {
        Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(Collectors.toSet());
        EmbeddedRedshift redshift = EmbeddedRedshift.start("alpha", "exporter", "pw");
        Path folder = redshift.folder();
        long postmaster = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        assertThat(ProcessHandle.of(postmaster)).isPresent();
        Connection open = EmbeddedRedshiftTest.connect(redshift, "pw");

        redshift.close();

        assertThat(folder).doesNotExist();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(ProcessHandle.of(postmaster).filter(ProcessHandle::isAlive))
                    .isEmpty();
            assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("redshift-filter-" + redshift.port()));
        });
        assertThatThrownBy(() -> open.createStatement().execute("select 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> EmbeddedRedshiftTest.connect(redshift, "pw")).isInstanceOf(SQLException.class);
    }

    @Test
    void aRecycledServerHasNothingOfTheStandInBefore() throws SQLException {
        EmbeddedRedshift first = EmbeddedRedshift.recycled("first", "exporter", "one");
        first.users().create("analyst", "two");
        first.restrictSyslogAccess();
        try (Connection admin = first.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("create database orders");
            statement.execute("insert into stl_query (userid, query) values (1, 1)");
        }
        Connection open = EmbeddedRedshiftTest.connect(first, "one");
        Path folder = first.folder();

        first.close();
        first.close();

        assertThatThrownBy(() -> open.createStatement().execute("select 1")).isInstanceOf(SQLException.class);
        try (EmbeddedRedshift second = EmbeddedRedshift.recycled("second", "exporter", "three", Patch.OLDER);
                EmbeddedRedshift third = EmbeddedRedshift.recycled("third", "exporter", "four")) {
            assertThat(second.folder()).isEqualTo(folder);
            assertThat(third.folder()).isNotEqualTo(folder);
            assertThat(second.users().has("analyst")).isFalse();
            assertThatThrownBy(() -> EmbeddedRedshiftTest.connect(second, "one"))
                    .hasMessageContaining("password authentication failed");
            assertThat(columnsShown(second, "three", "stl_explain")).doesNotContain("query_uuid");
            try (Connection connection = EmbeddedRedshiftTest.connect(second, "three");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select (select count(*) from stl_query),"
                            + " (select count(*) from pg_database where datname = 'orders'),"
                            + " (select syslog_access from svv_user_info)")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
                assertThat(rows.getInt(2)).isZero();
                assertThat(rows.getString(3)).isEqualTo("UNRESTRICTED");
            }
        }
    }
}
