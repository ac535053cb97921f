package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.StatementData;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

/** The real SDK client on the local Data API, which runs statements on a stand-in. */
class DataApiSourceTest {

    private static final Authentication EXPORTER = new Authentication.TemporaryCredentials("exporter");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static LocalAwsEndpoint endpoint;
    private static EmbeddedRedshift redshift;
    private static int runs;

    @BeforeAll
    static void start() {
        endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here: " + request);
        });
        redshift = EmbeddedRedshift.recycled("warehouse", "exporter", "secret");
        endpoint.warehouses().addCluster(redshift);
        endpoint.warehouses().addWorkgroup("serverless-warehouse", redshift);
    }

    @AfterAll
    static void stop() {
        redshift.close();
        endpoint.close();
    }

    @BeforeEach
    void newRun() {
        runs++;
        endpoint.forgetCalls();
        endpoint.dataApi().setRowsAPage(1_000);
    }

    private static DataApiSource source(ClusterConnection.DataApi connection, Authentication user, Duration timeout) {
        return source(new ClusterName("orders"), connection, user, timeout);
    }

    private static DataApiSource source(
            ClusterName name, ClusterConnection.DataApi connection, Authentication user, Duration timeout) {
        return DataApiSource.of(
                new StatementName(name, "run-" + runs),
                connection,
                user,
                timeout,
                () -> RedshiftDataClient.builder()
                        .endpointOverride(endpoint.uri())
                        .build());
    }

    private static SourceSession open() {
        return source(cluster("warehouse"), EXPORTER, MINUTE).open("test");
    }

    private static ClusterConnection.DataApi cluster(String identifier) {
        return new ClusterConnection.DataApi(false, identifier, "dev");
    }

    private static void refused(SourceSession session, String... texts) {
        try (session) {
            assertThatThrownBy(session::clock)
                    .isInstanceOf(SourceException.class)
                    .hasNoCause()
                    .satisfies(failure -> assertThat(failure.getMessage()).contains(texts));
        }
    }

    /** How often an operation was called in this test. */
    private static long calls(String operation) {
        return endpoint.calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    @Test
    void queriesReturnTheSameAsOverJdbc() {
        redshift.setClock(LocalDateTime.parse("2026-03-29T02:30:00.5"));
        try (SourceSession session = open()) {
            assertThat(session.clock()).isEqualTo(LocalDateTime.parse("2026-03-29T02:30:00"));
            assertThat(session.identity()).isEqualTo("cluster:warehouse");
            assertThat(session.syslogAccess().rows()).isEqualTo(SyslogAccess.Rows.ALL);
            assertThat(session.time("select null::timestamp")).isEmpty();
            assertThat(session.columns("select 1::int2 a, 'x'::char(3) B, 1.5::numeric(4,2) c limit 0"))
                    .containsExactly(
                            new SourceColumn("a", ColumnType.INTEGER),
                            SourceColumn.padded("b", 3),
                            new SourceColumn("c", ColumnType.STRING));
        }
    }

    @Test
    void workgroupIsIdentifiedByItsNameAndTheIdentityOfTheRoleIsNamed() {
        ClusterConnection.DataApi workgroup = new ClusterConnection.DataApi(true, "serverless-warehouse", "dev");
        try (SourceSession session =
                source(workgroup, new Authentication.Identity(), MINUTE).open("test")) {
            assertThat(session.identity()).isEqualTo("workgroup:serverless-warehouse");
            SyslogAccess access = session.syslogAccess();
            assertThat(access.rows()).isEqualTo(SyslogAccess.Rows.OWN);
            assertThat(access.text())
                    .contains("user IAMR:", "expected that a superuser runs GRANT ROLE sys:monitor TO \"IAMR:")
                    .doesNotContain("ALTER USER");
        }
    }

    @Test
    void rowsOfManyPagesAllArriveInOrder() {
        endpoint.dataApi().setRowsAPage(10);
        try (SourceSession session = open()) {
            List<Object> read = session.rows("select i from generate_series(1, 95) i", rows -> {
                List<Object> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.value(0, ColumnType.BIGINT));
                }
                return found;
            });
            assertThat(read).hasSize(95).startsWith(1L, 2L).endsWith(95L);
        }
        assertThat(calls("GetStatementResult")).isEqualTo(10);
    }

    @Test
    void requestWhoseReplyIsLostIsNotASecondStatement() {
        endpoint.dropReplyAfter("BatchExecuteStatement");
        try (SourceSession session = open()) {
            session.clock();
        }
        List<ReceivedCall> executed = endpoint.calls().stream()
                .filter(call -> call.operation().equals("BatchExecuteStatement"))
                .toList();
        assertThat(executed).as("asked twice, by the SDK").hasSize(2);
        assertThat(executed.get(0).body()).isEqualTo(executed.get(1).body()).contains("ClientToken");
    }

    @Test
    void pausedClusterIsReportedWithWhatIsExpected() {
        redshift.pause();
        try {
            refused(
                    open(),
                    "cannot hand a statement to redshift-data://warehouse/dev as exporter: ValidationException: ",
                    "its status is paused",
                    ": expected a cluster or workgroup of this account and Region that runs (is not paused)");
        } finally {
            redshift.resume();
        }
        try (SourceSession session = open()) {
            session.clock();
        }
    }

    @Test
    void missingClusterIsNamedWithWhatIsExpected() {
        refused(
                source(cluster("no-such-cluster"), EXPORTER, MINUTE).open("test"),
                "redshift-data://no-such-cluster/dev",
                "Redshift endpoint doesn't exist in this region.",
                "in the cluster's parameter connection");
    }

    @Test
    void userThatDoesNotExistIsNamed() {
        refused(
                source(cluster("warehouse"), new Authentication.TemporaryCredentials("nobody"), MINUTE)
                        .open("test"),
                "query refused by redshift-data://warehouse/dev: ",
                "nobody\" does not exist [28P01]: expected a user that may connect, in the secret of the cluster's"
                        + " parameter secret, or the parameter user, or the role of the job");
    }

    @Test
    void roleThatMayNotUseTheDataApiIsToldWhichRightsItNeeds() {
        endpoint.failNext(
                "BatchExecuteStatement",
                new AwsError("AccessDeniedException", "User: x is not authorized to perform", 400),
                1);
        refused(
                open(),
                "AccessDeniedException: User: x is not authorized",
                "expected that the role of the job has redshift-data:");
    }

    @Test
    void statementsWaitWhileTheServiceIsAtItsLimit() {
        endpoint.failNext(
                "BatchExecuteStatement", new AwsError("ActiveStatementsExceededException", "too many", 400), 3);
        try (SourceSession session = open()) {
            session.clock();
        }
        assertThat(calls("BatchExecuteStatement")).isEqualTo(4);
    }

    @Test
    void statementThatTakesTooLongIsCancelled() {
        endpoint.dataApi().hangNext();
        refused(
                source(cluster("warehouse"), EXPORTER, Duration.ofMillis(300)).open("test"),
                "was still STARTED after 0 s; it was cancelled: expected one that ends within half of the run's budget");
        assertThat(calls("CancelStatement")).isEqualTo(1);
    }

    @Test
    void statementThatCannotBeDescribedIsCancelled() {
        endpoint.dataApi().hangNext();
        endpoint.failNext("DescribeStatement", new AwsError("AccessDeniedException", "not authorized", 400), 1);
        refused(open(), "not authorized", "expected that the role of the job has");
        assertThat(calls("CancelStatement")).isEqualTo(1);
    }

    @Test
    void requestIsRepeatedAfterATemporaryServerError() {
        endpoint.failNext("DescribeStatement", new AwsError("BadGateway", "try again", 502), 8);
        try (SourceSession session = open()) {
            session.clock();
        }
        assertThat(calls("DescribeStatement")).isGreaterThan(8);
    }

    @Test
    void everyStatementHasATimeoutAndTheQueryGroupAtTheDatabase() {
        try (SourceSession session = open()) {
            List<String> settings = session.rows(
                    "select current_setting('statement_timeout'), current_setting('redshift.query_group')",
                    DataApiSourceTest::firstRow);
            assertThat(settings).containsExactly("1min", "redshift_query_logs");
        }
    }

    @Test
    void databaseEndsAStatementWhoseRunHasDied() {
        abandon(Duration.ofSeconds(1), new ClusterName("orders"), "dev");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(going()).isEmpty());
    }

    @Test
    void runCancelsWhatAnEarlierOneOfItsClusterHasLeft() {
        abandon(MINUTE, new ClusterName("orders"), "dev");
        abandon(MINUTE, new ClusterName("orders"), "postgres");
        abandon(MINUTE, new ClusterName("orders-2"), "dev");
        assertThat(going()).hasSize(3);

        assertThat(source(cluster("warehouse"), EXPORTER, MINUTE).begin())
                .as("its own statements stay")
                .isEmpty();
        runs++;
        assertThat(source(cluster("warehouse"), EXPORTER, MINUTE).begin())
                .containsExactly(
                        "another run of this cluster has left statements running at redshift-data://warehouse/dev;"
                                + " cancelled: 2");
        assertThat(going()).singleElement().asString().startsWith("redshift_query_logs/orders-2/run-");
        runs++;
        assertThat(source(new ClusterName("orders-2"), cluster("warehouse"), EXPORTER, MINUTE)
                        .begin())
                .hasSize(1);
        assertThat(going()).isEmpty();
    }

    @Test
    void runThatMayNotListStatementsSaysSoAndGoesOn() {
        endpoint.failNext("ListStatements", new AwsError("AccessDeniedException", "not authorized", 400), 1);
        assertThat(source(cluster("warehouse"), EXPORTER, MINUTE).begin())
                .singleElement()
                .asString()
                .startsWith(
                        "whether an earlier run has left statements at redshift-data://warehouse/dev is not known (")
                .contains("not authorized")
                .endsWith("expected redshift-data:ListStatements for the role of the job");
    }

    /** Leaves a statement that takes a minute, as a run does that is killed. */
    private static void abandon(Duration timeout, ClusterName name, String database) {
        AwsError unreachable = new AwsError("AccessDeniedException", "killed", 400);
        endpoint.failNext("DescribeStatement", unreachable, 1);
        endpoint.failNext("CancelStatement", unreachable, 1);
        try (SourceSession session = source(name, cluster("warehouse"), EXPORTER, timeout)
                .inDatabase(database)
                .open("test")) {
            assertThatThrownBy(() -> session.time("select pg_sleep(60)")).hasMessageContaining("killed");
        }
    }

    /** The names of the statements that have not ended. */
    private static List<String> going() {
        try (RedshiftDataClient client =
                RedshiftDataClient.builder().endpointOverride(endpoint.uri()).build()) {
            return client.listStatements(list -> list.status(StatusString.ALL)).statements().stream()
                    .filter(statement -> switch (statement.status()) {
                        case FINISHED, FAILED, ABORTED -> false;
                        default -> true;
                    })
                    .map(StatementData::statementName)
                    .toList();
        }
    }

    private static List<String> firstRow(SourceRows rows) {
        assertThat(rows.next()).isTrue();
        return List.of(
                String.valueOf(rows.value(0, ColumnType.STRING)), String.valueOf(rows.value(1, ColumnType.STRING)));
    }

    @Test
    void abortedStatementIsAFailure() {
        endpoint.dataApi().abortNext();
        refused(open(), "was aborted", "expected that no user and no query monitoring rule cancels it");
    }

    @Test
    void refusalOfAStatementIsToldFromOthersAndTheSessionGoesOn() {
        try (SourceSession session = open()) {
            assertThatThrownBy(() -> session.time("select x from no_such_table"))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            failure -> assertThat(failure.isRefusal()).isTrue())
                    .hasMessageContaining("relation \"no_such_table\" does not exist")
                    .hasMessageContaining("ALTER USER \"exporter\" SYSLOG ACCESS UNRESTRICTED");
            session.clock();
        }
        endpoint.dataApi().failNext("ERROR: out of memory");
        try (SourceSession session = open()) {
            assertThatThrownBy(session::identity)
                    .as("a passing error does not change the identity")
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            failure -> assertThat(failure.isRefusal()).isFalse());
        }
    }

    @Test
    void resultThatIsTooLargeSaysWhatToDo() {
        endpoint.dataApi().limitResultsTo(1_000);
        try (SourceSession session = open()) {
            assertThatThrownBy(() -> session.columns("select repeat('x', 100) from generate_series(1, 100)"))
                    .hasMessageContaining("Query result size exceeds")
                    .hasMessageEndingWith(
                            "expected a result of at most 500 MB: let the cluster unload (parameter"
                                    + " unload_role), or read shorter windows (--window_minutes); the next run halves this one");
        } finally {
            endpoint.dataApi().limitResultsTo(500_000_000);
        }
    }

    @Test
    void expiredResultIsNotTakenForAnEmptyOne() {
        endpoint.failNext(
                "GetStatementResult", new AwsError("ResourceNotFoundException", "Query does not exist.", 400), 1);
        refused(open(), "cannot read the result of redshift-data://warehouse/dev", "results are kept for 24 hours");
    }

    @Test
    void unreachableServiceIsReportedWithWhatIsExpected() {
        DataApiSource nowhere = DataApiSource.of(
                new StatementName(new ClusterName("orders"), "run"),
                cluster("warehouse"),
                EXPORTER,
                MINUTE,
                () -> RedshiftDataClient.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:1"))
                        .build());
        refused(nowhere.open("test"), "expected a way to the Data API");
    }

    @Test
    void passwordIsRefused() {
        assertThatThrownBy(() -> source(cluster("warehouse"), new Authentication.Password("exporter"), MINUTE))
                .hasMessage("redshift-data://warehouse/dev: a password cannot be used with the Data API: expected a"
                        + " secret, a user or neither");
    }
}
