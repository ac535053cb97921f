package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A connection that breaks while rows arrive must never look like the end of the rows. */
class BrokenConnectionTest {

    private static final String USER = "exporter";
    private static final String PASSWORD = "secret";
    private static final int ROWS = 40_000;
    private static final String SQL = "select i, repeat('x', 200) from generate_series(1, " + ROWS + ") i";

    @AutoClose
    private static final EmbeddedRedshift REDSHIFT = EmbeddedRedshift.recycled("broken", USER, PASSWORD);

    @Test
    void undisturbedRowsAllArrive() {
        assertThat(read(-1)).isEqualTo(ROWS);
    }

    @RepeatedTest(10)
    void rowsOfAConnectionThatBreaksEarlyAreNoResult() {
        assertThatThrownBy(() -> read(300)).isInstanceOf(SourceException.class);
    }

    @RepeatedTest(10)
    void rowsOfAConnectionThatBreaksLateAreNoResult() {
        assertThatThrownBy(() -> read(15_000)).isInstanceOf(SourceException.class);
    }

    /**
     * Without the guard: the driver reports the rows before the break as if they were complete. It does so in 4 to 9 of 100
     * breaks, so 40 attempts would be too few.
     */
    @Test
    void driverAloneSometimesEndsQuietly() throws SQLException {
        int quiet = 0;
        for (int attempt = 0; attempt < 200 && quiet == 0; attempt++) {
            quiet += readWithoutTheGuard(200) < ROWS ? 1 : 0;
        }
        assertThat(quiet).as("a broken connection that looked like the end").isPositive();
    }

    private static int read(int breakAt) {
        JdbcSource source = JdbcSource.withPassword(
                new StatementName(new ClusterName("orders"), "run"),
                new JdbcAddress(REDSHIFT.jdbcUrl()),
                new DatabaseCredentials(USER, PASSWORD),
                Duration.ofMinutes(1));
        try (SourceSession session = source.open("test")) {
            return session.rows(SQL, rows -> {
                int read = 0;
                while (rows.next()) {
                    read++;
                    assertThat(rows.value(0, ColumnType.INTEGER)).isEqualTo(read);
                    if (read == breakAt) {
                        breakConnections();
                    }
                }
                return read;
            });
        }
    }

    private static int readWithoutTheGuard(int breakAt) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        int read = 0;
        try (Connection connection = DriverManager.getConnection(REDSHIFT.jdbcUrl(), properties)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(SQL)) {
                while (rows.next()) {
                    read++;
                    if (read == breakAt) {
                        breakConnections();
                    }
                }
            }
        } catch (SQLException e) {
            return ROWS;
        }
        return read;
    }

    private static void breakConnections() {
        try (Connection admin = REDSHIFT.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + USER + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
