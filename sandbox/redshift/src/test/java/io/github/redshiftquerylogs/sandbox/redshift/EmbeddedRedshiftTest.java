package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Properties;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRedshiftTest {

    private static final String PASSWORD = "S3cret'\"pass";

    @AutoClose
    private static EmbeddedRedshift redshift;

    // not a class initialiser, because other code uses its connections
    @BeforeAll
    static void start() {
        redshift = EmbeddedRedshift.recycled("alpha", "exporter", PASSWORD);
    }

    static Connection connect(EmbeddedRedshift to, String password, String... more) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "exporter");
        properties.setProperty("password", password);
        for (int i = 0; i < more.length; i += 2) {
            properties.setProperty(more[i], more[i + 1]);
        }
        return new com.amazon.redshift.Driver().connect(to.jdbcUrl(), properties);
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    void theRedshiftDriverConnectsAndReadsTheStandInsClock() throws SQLException {
        redshift.setClock(LocalDateTime.parse("2026-11-21T02:18:03.987654"));
        try (Connection connection = connect(redshift, PASSWORD)) {
            assertThat(single(connection, "select getdate()")).isEqualTo("2026-11-21 02:18:03");
            assertThat(single(connection, "select current_user")).isEqualTo("exporter");
        }
        assertThat(redshift.now()).isEqualTo(LocalDateTime.parse("2026-11-21T02:18:03.987654"));
    }

    @Test
    void aWrongPasswordFailsAsTheDriverReportsIt() {
        assertThatThrownBy(() -> connect(redshift, "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed for user \"exporter\"")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("28P01");
    }

    @Test
    void theUserReadsAndDoesNotWrite() throws SQLException {
        try (Connection connection = connect(redshift, PASSWORD)) {
            assertThat(single(connection, "select count(*) from stl_scan")).isEqualTo("0");
            assertThatThrownBy(() -> connection.createStatement().execute("delete from stl_scan"))
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void sessionSettingsOfRedshiftWork(String queryMode) throws SQLException {
        try (Connection connection = connect(redshift, PASSWORD, "preferQueryMode", queryMode);
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone TO 'UTC'");
            statement.execute("SET query_group TO 'redshift-query-logs'");
            statement.execute("SET statement_timeout TO 60000");
            assertThat(single(connection, "show query_group")).isEqualTo("redshift-query-logs");
            assertThat(single(connection, "show timezone")).isEqualTo("UTC");
            assertThat(single(connection, "show statement_timeout")).isIn("60000", "1min");
        }
    }

    @Test
    void theDriversQueryGroupPropertyWorks() throws SQLException {
        try (Connection connection = connect(redshift, PASSWORD, "queryGroup", "logs")) {
            assertThat(single(connection, "show query_group")).isEqualTo("logs");
        }
    }

    @Test
    void aStatementTimeoutEndsAStatement() throws SQLException {
        try (Connection connection = connect(redshift, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout to 100");
            assertThatThrownBy(() -> statement.executeQuery("select pg_sleep(20)"))
                    .hasMessageContaining("statement timeout");
        }
    }

    @Test
    void anotherThreadCancelsAStatementThroughTheFilter() throws Exception {
        try (Connection connection = connect(redshift, PASSWORD);
                Statement statement = connection.createStatement()) {
            Thread canceller = new Thread(() -> {
                try {
                    Thread.sleep(500);
                    statement.cancel();
                } catch (InterruptedException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            canceller.start();
            assertThatThrownBy(() -> statement.executeQuery("select pg_sleep(20)"))
                    .hasMessageContaining("canceling statement due to user request");
            canceller.join();
        }
    }
}
