package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.lang3.SerializationUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sessions of a run, one after another, and the connections that they leave to each other. */
class IdleConnectionsTest {

    private static final String USER = "exporter";

    @AutoClose
    private static final EmbeddedRedshift REDSHIFT = EmbeddedRedshift.recycled("warehouse", USER, "secret");

    static {
        // a session is known by its process here
        REDSHIFT.endSessions();
    }

    private final JdbcSource source = source();

    private static JdbcSource source() {
        return JdbcSource.withPassword(
                new StatementName(new ClusterName("orders"), "run"),
                new JdbcAddress(REDSHIFT.jdbcUrl()),
                new DatabaseCredentials(USER, "secret"),
                Duration.ofMinutes(2));
    }

    @AfterEach
    void end() {
        REDSHIFT.resume();
        source.end();
    }

    @Test
    void laterSessionUsesTheConnectionOfAnEarlierOne() {
        assertThat(process(source)).isEqualTo(process(source));
    }

    @Test
    void sessionsAtTheSameTimeHaveConnectionsOfTheirOwn() {
        try (SourceSession one = source.open("one");
                SourceSession other = source.open("other")) {
            assertThat(process(one)).isNotEqualTo(process(other));
        }
    }

    /** Otherwise a session would see the cluster as it was when an earlier one began. */
    @Test
    void laterSessionSeesWhatHasHappenedSince() {
        String lost = "select cast(count(*) as bigint) from stl_query where query = 4711";
        try (SourceSession session = source.open("before")) {
            session.execute("set transaction isolation level repeatable read");
            assertThat(session.number(lost)).isZero();
            administer("insert into stl_query (query, endtime) values (4711, timestamp '2026-11-01 00:00:00')");
            assertThat(session.number(lost))
                    .as("negative control: within one transaction")
                    .isZero();
        }
        assertThat(ask(source, lost)).isOne();
    }

    @Test
    void refusedStatementLeavesAUsableConnection() {
        long process = process(source);
        assertThatThrownBy(() -> ask(source, "select nothing_of_that_name")).isInstanceOf(SourceException.class);
        assertThat(process(source)).isEqualTo(process);
    }

    @Test
    void connectionInTheMiddleOfRowsIsNotUsedAgain() {
        long process = process(source);
        assertThatThrownBy(() -> {
                    try (SourceSession session = source.open("test")) {
                        session.rows("select generate_series(1, 100000)", rows -> {
                            throw new IllegalStateException("the reader failed");
                        });
                    }
                })
                .hasMessage("the reader failed");
        assertThat(process(source)).isNotEqualTo(process);
    }

    @Test
    void connectionThatBrokeMeanwhileIsReplaced() {
        long process = process(source);
        administer("select pg_terminate_backend(" + process + ")");
        Awaitility.await().until(() -> !isThere(process));
        assertThat(process(source)).isNotEqualTo(process);
    }

    @Test
    void clusterThatWasPausedMeanwhileIsSaidToBePaused() {
        process(source);
        REDSHIFT.pause();
        assertThatThrownBy(() -> process(source))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("cannot connect to");
    }

    @Test
    void otherSessionsThanReadOnlyOnesWrite() {
        process(source);
        Source readOnly = source.readOnly();
        try (SourceSession session = readOnly.open("test")) {
            assertThatThrownBy(() -> session.execute("create temporary sequence s"))
                    .hasMessageContaining("read-only transaction");
        }
        try (SourceSession session = source.open("test")) {
            session.execute("create temporary sequence s");
        }
    }

    @Test
    void questionAboutAbandonedSessionsLeavesTheTimeoutAsItWas() {
        source.begin();
        String timeout = "select cast(setting as bigint) from pg_settings where name = 'statement_timeout'";
        assertThat(ask(source, timeout)).isEqualTo(Duration.ofMinutes(2).toMillis());
    }

    @Test
    void connectionsEndWithTheRun() {
        long process = process(source);
        source.end();
        Awaitility.await().until(() -> !isThere(process));
    }

    @Test
    void copyInAnotherProcessKeepsNone() {
        long process = process(SerializationUtils.roundtrip(source));
        Awaitility.await().until(() -> !isThere(process));
    }

    private static long process(Source source) {
        try (SourceSession session = source.open("test")) {
            return process(session);
        }
    }

    private static long process(SourceSession session) {
        return session.number("select cast(pg_backend_pid() as bigint)");
    }

    private static long ask(Source source, String sql) {
        try (SourceSession session = source.open("test")) {
            return session.number(sql);
        }
    }

    private static boolean isThere(long process) {
        JdbcSource other = source();
        try {
            return ask(other, "select cast(count(*) as bigint) from pg_stat_activity where pid = " + process) > 0;
        } finally {
            other.end();
        }
    }

    private static void administer(String sql) {
        try (Connection admin = REDSHIFT.admin();
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
