package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A session over JDBC gets the server process of an earlier one, and nothing else of it. */
class SessionReuseTest {

    private static final String USER = "exporter";

    @AutoClose
    private final EmbeddedRedshift redshift = EmbeddedRedshift.recycled("reuse", USER, "one");

    private Connection open(String password) throws SQLException {
        return EmbeddedRedshiftTest.connect(redshift, password);
    }

    private static String ask(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The process of a session that does this and ends; it waits for the next session then. */
    private String leave(String... statements) throws SQLException {
        try (Connection session = open("one")) {
            for (String sql : statements) {
                execute(session, sql);
            }
            return ask(session, "select pg_backend_pid()");
        }
    }

    /** Until the process of the last session waits, which the client does not notice. */
    private void awaitIdle(String process) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(administer("select query from pg_stat_activity where pid = " + process))
                        .isEqualTo("discard all"));
    }

    private String administer(String sql) throws SQLException {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() ? rows.getString(1) : "gone";
        }
    }

    @Test
    void sameProcessWithoutSettingsTablesAndLocks() throws SQLException {
        String process = leave(
                "create temporary table t (a int)",
                "set statement_timeout to 12345",
                "set timezone to 'America/New_York'",
                "set session characteristics as transaction read only",
                "do $$ begin perform pg_advisory_lock(7); end $$");
        awaitIdle(process);

        try (Connection next = open("one")) {
            assertThat(ask(next, "select pg_backend_pid()")).isEqualTo(process);
            assertThat(ask(next, "show statement_timeout")).isEqualTo("0");
            assertThat(ask(next, "show timezone")).isNotEqualTo("America/New_York");
            assertThat(ask(next, "show transaction_read_only")).isEqualTo("off");
            assertThat(ask(next, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
            assertThatThrownBy(() -> execute(next, "select * from t")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void twoSessionsAtOnceHaveTheirOwnProcesses() throws SQLException {
        awaitIdle(leave());
        try (Connection one = open("one");
                Connection other = open("one")) {
            assertThat(ask(one, "select pg_backend_pid()")).isNotEqualTo(ask(other, "select pg_backend_pid()"));
        }
    }

    @Test
    void passwordIsAskedForEachTime() throws SQLException {
        awaitIdle(leave());
        assertThatThrownBy(() -> open("wrong")).hasMessageContaining("password authentication failed for user");

        redshift.users().setPassword(USER, "two");

        assertThatThrownBy(() -> open("one")).hasMessageContaining("password authentication failed for user");
        assertThatCode(() -> open("two").close()).doesNotThrowAnyException();
    }

    @Test
    void sessionBeginsWithTheUsersSettingsOfNow() throws SQLException {
        String process = leave();
        awaitIdle(process);
        redshift.users().setDefault(USER, "statement_timeout", "54321");
        try (Connection next = open("one")) {
            assertThat(ask(next, "show statement_timeout")).isEqualTo("54321ms");
            assertThat(ask(next, "select pg_backend_pid()")).isNotEqualTo(process);
        }
    }

    @Test
    void sessionThatIsLeftInATransactionEnds() throws SQLException {
        String process;
        try (Connection session = open("one")) {
            session.setAutoCommit(false);
            process = ask(session, "select pg_backend_pid()");
        }
        awaitEnd(process);
    }

    @Test
    void runningStatementIsCancelledAndTheNextOneIsNot() throws SQLException {
        awaitIdle(leave());
        try (Connection session = open("one");
                Statement statement = session.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("57014"));
        }
        try (Connection next = open("one")) {
            assertThat(ask(next, "select 1 from pg_sleep(0.2)")).isEqualTo("1");
        }
    }

    @Test
    void processThatEndedMeanwhileIsReplaced() throws SQLException {
        String process = leave();
        awaitIdle(process);
        administer("select pg_terminate_backend(" + process + ")");
        awaitEnd(process);
        try (Connection next = open("one")) {
            assertThat(ask(next, "select pg_backend_pid()")).isNotEqualTo(process);
        }
    }

    @Test
    void processesEndWithTheirSessionsIfThatIsAskedFor() throws SQLException {
        String before = leave();
        awaitIdle(before);
        redshift.endSessions();
        awaitEnd(before);
        awaitEnd(leave());
    }

    private void awaitEnd(String process) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(administer("select pid from pg_stat_activity where pid = " + process))
                        .isEqualTo("gone"));
    }
}
