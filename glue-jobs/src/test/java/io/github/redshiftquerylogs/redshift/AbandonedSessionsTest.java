package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.unload.ObjectStore;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements over JDBC that go on at the cluster, whatever became of their run. */
class AbandonedSessionsTest {

    private static final String USER = "exporter";
    private static final String PASSWORD = "secret";
    private static final String QUERY = "select pg_sleep(60)";
    private static final String UNLOAD =
            "UNLOAD ('select cast(pg_sleep(60) as varchar(10))') TO 's3://lake/temp/' IAM_ROLE"
                    + " default FORMAT AS PARQUET MANIFEST VERBOSE";

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final List<Future<?>> left = new ArrayList<>();

    private EmbeddedRedshift redshift;

    /** Nothing gets so far. */
    private static final class NoStore implements ObjectStore {

        @Override
        public boolean holdsAny(String bucket, String keyPrefix) {
            return false;
        }

        @Override
        public void put(String bucket, String key, Path content) {
            throw new IllegalStateException("an UNLOAD ended");
        }
    }

    @BeforeEach
    void start() {
        redshift = EmbeddedRedshift.recycled("abandoned", USER, PASSWORD);
        redshift.unloadWith(UnloadSetup.to(new NoStore()));
    }

    @AfterEach
    void stop() {
        redshift.close();
    }

    private JdbcSource source(String cluster, String run) {
        return JdbcSource.withPassword(
                new StatementName(new ClusterName(cluster), run),
                new JdbcAddress(redshift.jdbcUrl()),
                new DatabaseCredentials(USER, PASSWORD),
                Duration.ofMinutes(2));
    }

    /** As at the beginning of a run, but statements that have only just begun count too. */
    private List<String> end(String cluster, String run) {
        JdbcSource source = source(cluster, run);
        try (SourceSession session = source.open("abandoned")) {
            return new AbandonedSessions(
                            session, new StatementName(new ClusterName(cluster), run), "here", Duration.ofSeconds(-2))
                    .end();
        }
    }

    private List<String> begin(String cluster, String run) {
        List<String> notes = new ArrayList<>(source(cluster, run).begin());
        notes.removeIf(note -> note.startsWith("the URL of the Glue connection"));
        return notes;
    }

    /** Runs a statement in a session of its own, and returns when the cluster shows it. */
    private void leave(String cluster, String run, String sql) {
        left.add(threads.submit(() -> {
            try (SourceSession session = source(cluster, run).open("test")) {
                session.execute(sql);
            }
        }));
        String name = "redshift_query_logs/" + cluster + "/" + run + " ";
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(running()).anyMatch(text -> text.contains(name)));
    }

    private List<String> running() {
        return texts("select query from stv_recents where status = 'Running' and user_name = '" + USER + "'");
    }

    private List<String> texts(String query) {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void administer(String sql) {
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {QUERY, UNLOAD})
    void runEndsWhatAnEarlierOneOfItsClusterHasLeft(String sql) {
        leave("orders", "run-1", sql);
        leave("orders-2", "run-1", sql);
        leave("orders", "run-2", sql);

        assertThat(end("orders", "run-2"))
                .containsExactly("another run of this cluster has left statements running at here; ended: 1");
        assertThatThrownBy(() -> left.get(0).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(SourceException.class);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(texts("select query from pg_stat_activity where state = 'active'"
                                + " and query like '%pg_sleep%' and pid <> pg_backend_pid()"))
                        .as("at the database")
                        .hasSize(2));
        assertThat(running()).hasSize(2).noneMatch(text -> text.contains("/orders/run-1 "));
        assertThat(end("orders", "run-2")).as("nothing else is left").isEmpty();
    }

    /** Should the other run be alive, against all expectation, its short questions are not disturbed. */
    @Test
    void statementThatHasJustBegunStays() {
        leave("orders", "run-1", UNLOAD);
        assertThat(begin("orders", "run-2")).isEmpty();
        administer("update sandbox_unload set starttime = starttime - interval '2 minutes'");
        assertThat(begin("orders", "run-2"))
                .singleElement()
                .asString()
                .startsWith("another run of this cluster has left statements running at 127.0.0.1:")
                .endsWith("; ended: 1");
    }

    @Test
    void sessionWithoutAStatementStays() {
        try (SourceSession session = source("orders", "run-1").open("test")) {
            session.clock();
            assertThat(end("orders", "run-2")).isEmpty();
            session.clock();
        }
    }

    @Test
    void runThatMayNotListStatementsSaysSoAndGoesOn() {
        administer("revoke select on stv_recents from " + USER);
        assertThat(begin("orders", "run-2"))
                .singleElement()
                .asString()
                .startsWith("whether an earlier run has left statements at 127.0.0.1:")
                .contains("permission denied for view stv_recents");
    }

    @Test
    void sessionThatCannotBeEndedIsNotedAndStopsNothing() throws SQLException {
        try (Connection another = redshift.admin();
                Statement statement = another.createStatement();
                ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(pid.next()).isTrue();
            administer("drop view stv_recents");
            administer(
                    "create view stv_recents as select 'Running'::char(20) as status, " + pid.getInt(1)
                            + " as pid, timestamp '2000-01-01' as starttime, '/* redshift_query_logs/orders/run-1 */ select 1'::char(600) as query");
            administer("grant select on stv_recents to " + USER);
            assertThat(begin("orders", "run-2"))
                    .singleElement()
                    .asString()
                    .startsWith("session " + pid.getInt(1) + " of an earlier run could not be ended: ");
        }
    }

    private static final class Scripted implements Statements {

        private final List<String> asked = new ArrayList<>();
        private final boolean broken;

        Scripted(boolean broken) {
            this.broken = broken;
        }

        @Override
        public <T> T query(String sql, Function<SourceRows, T> reader) {
            asked.add(sql);
            if (broken) {
                throw SourceException.of(FailureCategory.NETWORK, "connection reset");
            }
            return reader.apply(new NoRows());
        }

        @Override
        public void execute(String sql) {
            asked.add(sql);
        }

        @Override
        public String location() {
            return "here";
        }

        @Override
        public String user() {
            return USER;
        }

        @Override
        public Remedy remedy() {
            return new Remedy(USER, false);
        }

        @Override
        public void close() {}
    }

    private static List<String> end(Statements statements) {
        return new AbandonedSessions(
                        new SourceSession(statements, "unused"),
                        new StatementName(new ClusterName("orders"), "run-2"),
                        "here",
                        Duration.ofMinutes(1))
                .end();
    }

    @Test
    void runAfterOneThatEndedCostsOneQuestion() {
        Scripted quiet = new Scripted(false);
        assertThat(end(quiet)).isEmpty();
        assertThat(quiet.asked).singleElement().asString().contains("from stv_recents");
    }

    @Test
    void questionThatIsNotAnsweredIsNotedAndStopsNothing() {
        assertThat(end(new Scripted(true)))
                .containsExactly("whether an earlier run has left statements at here is not known: connection reset");
    }
}
