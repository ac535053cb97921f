package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PausedClusterTest {

    @AutoClose
    private final EmbeddedRedshift redshift = EmbeddedRedshift.recycled("alpha", "exporter", "pw");

    private Connection connect() throws SQLException {
        return EmbeddedRedshiftTest.connect(redshift, "pw");
    }

    @Test
    void connectionsAreRefusedWhileItIsPausedAndItsDataStays() throws Exception {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into stl_query (query) values (17)");
        }
        int port = redshift.port();

        redshift.pause();

        assertThat(redshift.isPaused()).isTrue();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(redshift.host(), redshift.port()).close());
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(this::connect)
                .satisfies(e -> assertThat(e.getSQLState()).startsWith("08"));

        redshift.resume();

        assertThat(redshift.isPaused()).isFalse();
        assertThat(redshift.port()).isEqualTo(port);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select query from stl_query")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(17);
        }
    }

    @Test
    void openConnectionsEnd() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            redshift.pause();
            redshift.pause();

            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
        }
        redshift.resume();
        redshift.resume();
        try (Connection connection = connect()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aPausedOneIsClosedLikeAnyOther() {
        EmbeddedRedshift paused = EmbeddedRedshift.start("beta", "exporter", "pw");
        paused.pause();
        paused.close();

        assertThat(paused.folder()).doesNotExist();
    }
}
