package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.redshiftdata.model.ColumnMetadata;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.ResourceNotFoundException;
import software.amazon.awssdk.services.redshiftdata.model.SqlParameter;
import software.amazon.awssdk.services.redshiftdata.model.StatementData;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.redshiftdata.model.SubStatementData;
import software.amazon.awssdk.services.redshiftdata.model.ValidationException;

class DataApiTest {

    @AutoClose
    private static EmbeddedRedshift redshift;

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @BeforeAll
    static void startRedshift() throws SQLException {
        redshift = EmbeddedRedshift.recycled("alpha", "exporter", "pw");
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into stl_scan (userid, query) values (100, 1)");
            statement.execute("create table kinds (i integer, b bigint, s smallint, d double precision, t boolean,"
                    + " day date, at timestamp, n numeric(18,3), c char(5), v varchar(20))");
            statement.execute("insert into kinds values (1, 9007199254740993, 3, 2.5, true, '2026-11-21',"
                    + " '2026-03-08 02:30:00.123456', -12.345, 'ab', 'Zoë'),"
                    + " (null, null, null, null, null, null, null, null, null, null)");
            statement.execute("grant all on kinds to exporter");
        }
    }

    @BeforeEach
    void register() {
        aws.endpoint.warehouses().addCluster(redshift);
        aws.endpoint.warehouses().addWorkgroup("serverless", redshift);
    }

    private String submit(String sql, Consumer<ExecuteStatementRequest.Builder> how) {
        return aws.redshiftData
                .executeStatement(execute -> {
                    execute.sql(sql).database("dev");
                    how.accept(execute);
                })
                .id();
    }

    private static void asExporter(ExecuteStatementRequest.Builder execute) {
        execute.clusterIdentifier("alpha").dbUser("exporter");
    }

    private static void asIdentity(ExecuteStatementRequest.Builder execute) {
        execute.clusterIdentifier("alpha");
    }

    private DescribeStatementResponse run(String sql, Consumer<ExecuteStatementRequest.Builder> how) {
        return awaitEnd(submit(sql, how));
    }

    private DescribeStatementResponse awaitEnd(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> aws.redshiftData.describeStatement(describe -> describe.id(id)),
                        statement -> switch (statement.status()) {
                            case FINISHED, FAILED, ABORTED -> true;
                            default -> false;
                        });
    }

    private GetStatementResultResponse result(String id) {
        return aws.redshiftData.getStatementResult(get -> get.id(id));
    }

    private String single(String sql, Consumer<ExecuteStatementRequest.Builder> how) {
        DescribeStatementResponse statement = run(sql, how);
        assertThat(statement.error()).isNull();
        Field field = result(statement.id()).records().get(0).get(0);
        return field.stringValue() == null ? String.valueOf(field.longValue()) : field.stringValue();
    }

    private static SqlParameter parameter(String name, String value) {
        return SqlParameter.builder().name(name).value(value).build();
    }

    private String secret(String password) {
        return aws.secretsManager
                .createSecret(create -> create.name("alpha-" + System.nanoTime())
                        .secretString("{\"username\":\"exporter\",\"password\":\"" + password + "\"}"))
                .arn();
    }

    @Test
    void aStatementRunsInTheBackgroundAndIsDescribed() {
        DescribeStatementResponse statement = run(
                "select i from kinds",
                execute -> execute.clusterIdentifier("alpha").dbUser("exporter").statementName("mine"));

        assertThat(statement.status()).isEqualTo(StatusString.FINISHED);
        assertThat(statement.hasResultSet()).isTrue();
        assertThat(statement.resultRows()).isEqualTo(2);
        assertThat(statement.resultSize()).isPositive();
        assertThat(statement.duration()).isPositive();
        assertThat(statement.queryString()).isEqualTo("select i from kinds");
        assertThat(statement.redshiftQueryId()).isPositive();
        assertThat(statement.redshiftPid()).isPositive();
        assertThat(statement.clusterIdentifier()).isEqualTo("alpha");
        assertThat(statement.createdAt()).isBeforeOrEqualTo(statement.updatedAt());
        assertThat(aws.redshiftData
                        .listStatements(list -> list.statementName("mi").status(StatusString.FINISHED))
                        .statements())
                .extracting(StatementData::id)
                .containsExactly(statement.id());
    }

    @Test
    void eachTypeComesAsInRedshift() {
        GetStatementResultResponse result = result(
                run("select * from kinds order by i", DataApiTest::asExporter).id());

        assertThat(result.columnMetadata())
                .extracting(ColumnMetadata::typeName)
                .containsExactly(
                        "int4", "int8", "int2", "float8", "bool", "date", "timestamp", "numeric", "bpchar", "varchar");
        assertThat(result.columnMetadata().get(7).precision()).isEqualTo(18);
        assertThat(result.columnMetadata().get(7).scale()).isEqualTo(3);
        List<Field> row = result.records().get(0);
        assertThat(row.get(0).longValue()).isEqualTo(1);
        assertThat(row.get(1).longValue()).isEqualTo(9007199254740993L);
        assertThat(row.get(2).longValue()).isEqualTo(3);
        assertThat(row.get(3).doubleValue()).isEqualTo(2.5);
        assertThat(row.get(4).booleanValue()).isTrue();
        assertThat(row.get(5).stringValue()).isEqualTo("2026-11-21");
        assertThat(row.get(6).stringValue()).isEqualTo("2026-03-08 02:30:00.123456");
        assertThat(row.get(7).stringValue()).isEqualTo("-12.345");
        assertThat(row.get(8).stringValue()).isEqualTo("ab   ");
        assertThat(row.get(9).stringValue()).isEqualTo("Zoë");
        assertThat(result.records().get(1))
                .allSatisfy(field -> assertThat(field.isNull()).isTrue());
        assertThat(result.totalNumRows()).isEqualTo(2);
    }

    @Test
    void rowsComeInPages() {
        aws.endpoint.dataApi().setRowsAPage(4);
        String id =
                run("select generate_series(1, 10)", DataApiTest::asExporter).id();

        assertThat(result(id).records()).hasSize(4);
        assertThat(aws.redshiftData
                        .getStatementResultPaginator(get -> get.id(id))
                        .records())
                .extracting(row -> row.get(0).longValue())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void aStatementWithoutRowsHasNoResult() {
        DescribeStatementResponse statement = run("update kinds set v = v where i = 1", DataApiTest::asExporter);

        assertThat(statement.hasResultSet()).isFalse();
        assertThat(statement.resultRows()).isEqualTo(1);
        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> result(statement.id()));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> aws.redshiftData.describeStatement(describe -> describe.id("none")));
    }

    @Test
    void aFailedStatementHasTheDatabasesText() {
        DescribeStatementResponse statement = run("select * from nothing", DataApiTest::asExporter);

        assertThat(statement.status()).isEqualTo(StatusString.FAILED);
        assertThat(statement.error()).isEqualTo("ERROR: relation \"nothing\" does not exist");
    }

    @Test
    void parametersArePutInAsText() {
        assertThat(single(
                        "select :a || '::a' || (:n::int + 1)::text",
                        execute -> execute.clusterIdentifier("alpha")
                                .dbUser("exporter")
                                .parameters(parameter("a", "it's :n"), parameter("n", "41"))))
                .isEqualTo("it's :n::a42");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit(
                        "select 1",
                        execute -> execute.clusterIdentifier("alpha")
                                .dbUser("exporter")
                                .parameters(parameter("a", "1"))));
    }

    @Test
    void theSecretsUserRunsItAndAWrongPasswordFailsTheStatement() {
        String right = secret("pw");
        String wrong = secret("other");

        assertThat(single(
                        "select current_user::varchar",
                        execute -> execute.clusterIdentifier("alpha").secretArn(right)))
                .isEqualTo("exporter");
        DescribeStatementResponse refused =
                run("select 1", execute -> execute.clusterIdentifier("alpha").secretArn(wrong));
        assertThat(refused.status()).isEqualTo(StatusString.FAILED);
        assertThat(refused.error()).isEqualTo("FATAL: password authentication failed for user \"exporter\"");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit(
                        "select 1",
                        execute -> execute.clusterIdentifier("alpha").secretArn("none")))
                .withMessageContaining("can't find the specified secret");
    }

    @Test
    void aRotatedSecretIsPickedUp() {
        redshift.users().create("rotated", "one");
        String arn = aws.secretsManager
                .createSecret(create ->
                        create.name("rotated").secretString("{\"username\":\"rotated\",\"password\":\"one\"}"))
                .arn();
        redshift.users().setPassword("rotated", "two");
        Consumer<ExecuteStatementRequest.Builder> bySecret =
                execute -> execute.clusterIdentifier("alpha").secretArn(arn);
        assertThat(run("select 1", bySecret).status()).isEqualTo(StatusString.FAILED);

        aws.secretsManager.putSecretValue(
                put -> put.secretId(arn).secretString("{\"username\":\"rotated\",\"password\":\"two\"}"));

        assertThat(run("select 1", bySecret).status()).isEqualTo(StatusString.FINISHED);
    }

    @Test
    void temporaryCredentialsOfAUserThatIsNotThereFailTheStatement() {
        DescribeStatementResponse statement =
                run("select 1", execute -> execute.clusterIdentifier("alpha").dbUser("nobody"));

        assertThat(statement.status()).isEqualTo(StatusString.FAILED);
        assertThat(statement.error()).contains("user \"IAM:nobody\" does not exist");
    }

    @Test
    void theIdentityHasAUserOfItsOwnThatSeesItsOwnRowsUntilItIsGivenMore() {
        assertThat(single("select current_user::varchar", DataApiTest::asIdentity))
                .isEqualTo("IAMR:local");
        assertThat(single("select current_user::varchar", execute -> execute.workgroupName("serverless")))
                .isEqualTo("IAMR:local");
        assertThat(single("select count(*) from stl_scan", DataApiTest::asIdentity))
                .isEqualTo("0");
        assertThat(single("select count(*) from stl_scan", DataApiTest::asExporter))
                .isEqualTo("1");

        redshift.users().grantRole("IAMR:local", "sys:monitor");

        assertThat(single("select count(*) from stl_scan", DataApiTest::asIdentity))
                .isEqualTo("1");
    }

    @Test
    void theSameTokenIsTheSameStatementForEightHours() {
        Consumer<ExecuteStatementRequest.Builder> withToken =
                execute -> execute.clusterIdentifier("alpha").dbUser("exporter").clientToken("t1");
        String id = submit("select 1", withToken);

        assertThat(submit("select 1", withToken)).isEqualTo(id);
        assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> submit("select 2", withToken));
        assertThat(submit("select 1", DataApiTest::asExporter)).isNotEqualTo(id);

        aws.clock.advance(Duration.ofHours(8));
        assertThat(submit("select 1", withToken)).isNotEqualTo(id);
    }

    @Test
    void aLostReplyAndATryAgainAreOneStatement() {
        Consumer<ExecuteStatementRequest.Builder> withToken =
                execute -> execute.clusterIdentifier("alpha").dbUser("exporter").clientToken("t1");
        aws.endpoint.dropReplyAfter("ExecuteStatement");
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> submit("select 1", withToken));

        String id = submit("select 1", withToken);

        assertThat(aws.redshiftData.listStatements(list -> {}).statements())
                .extracting(StatementData::id)
                .containsExactly(id);
    }

    @Test
    void aResultIsKeptForADay() {
        String id = run("select 1", DataApiTest::asExporter).id();

        aws.clock.advance(Duration.ofHours(25));

        assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> result(id));
    }

    @Test
    void aResultThatIsTooLargeFailsTheStatement() {
        aws.endpoint.dataApi().limitResultsTo(1_000);

        DescribeStatementResponse statement =
                run("select repeat('x', 100) from generate_series(1, 11)", DataApiTest::asExporter);

        assertThat(statement.status()).isEqualTo(StatusString.FAILED);
        assertThat(statement.error()).contains("exceeds the limit of 1000 bytes");
    }

    @Test
    void aRunningStatementIsCancelled() {
        String id = submit("select pg_sleep(60)", DataApiTest::asExporter);
        await().until(() ->
                aws.redshiftData.describeStatement(describe -> describe.id(id)).status() == StatusString.STARTED);

        assertThat(aws.redshiftData.cancelStatement(cancel -> cancel.id(id)).status())
                .isTrue();

        assertThat(awaitEnd(id).status()).isEqualTo(StatusString.ABORTED);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> aws.redshiftData.cancelStatement(cancel -> cancel.id(id)))
                .withMessageContaining("already in ABORTED state");
    }

    @Test
    void nothingGoesOnWhenTheEndpointIsClosed() throws SQLException {
        String id = submit("select pg_sleep(60)", DataApiTest::asExporter);
        await().until(() ->
                aws.redshiftData.describeStatement(describe -> describe.id(id)).status() == StatusString.STARTED);

        aws.endpoint.close();

        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where query like 'select pg_sleep%'")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void faultsAreOrderedForTheNextStatements() {
        aws.endpoint.dataApi().hangNext();
        String hanging = submit("select 1", DataApiTest::asExporter);
        await().until(() -> aws.redshiftData
                        .describeStatement(describe -> describe.id(hanging))
                        .status()
                == StatusString.STARTED);
        aws.redshiftData.cancelStatement(cancel -> cancel.id(hanging));
        assertThat(awaitEnd(hanging).status()).isEqualTo(StatusString.ABORTED);

        aws.endpoint.dataApi().failNext("ERROR: disk full");
        assertThat(run("select 1", DataApiTest::asExporter).error()).isEqualTo("ERROR: disk full");
        aws.endpoint.dataApi().abortNext();
        assertThat(run("select 1", DataApiTest::asExporter).status()).isEqualTo(StatusString.ABORTED);
        assertThat(run("select 1", DataApiTest::asExporter).status()).isEqualTo(StatusString.FINISHED);
    }

    @Test
    void whatCannotBeReachedIsRefusedAtOnce() {
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit("select 1", execute -> execute.clusterIdentifier("none")))
                .withMessageContaining("Redshift endpoint doesn't exist in this region.");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit("select 1", execute -> execute.workgroupName("none")))
                .withMessageContaining("Redshift endpoint doesn't exist in this region.");
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> submit("select 1", execute -> {}))
                .withMessageContaining("ClusterIdentifier");
        redshift.pause();
        try {
            assertThat(aws.redshift
                            .describeClusters(describe -> describe.clusterIdentifier("alpha"))
                            .clusters()
                            .get(0)
                            .clusterStatus())
                    .isEqualTo("paused");
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> submit("select 1", DataApiTest::asExporter))
                    .withMessageContaining("paused");
        } finally {
            redshift.resume();
        }
        assertThat(run("select 1", DataApiTest::asExporter).status()).isEqualTo(StatusString.FINISHED);
    }

    @Test
    void batchRunsInOneSessionAndOneTransaction() {
        DescribeStatementResponse batch = awaitEnd(batch(
                "set statement_timeout to 4000",
                "insert into kinds (i) values (77)",
                "select current_setting('statement_timeout') || ' ' || count(*) from kinds where i = 77"));

        assertThat(batch.status()).isEqualTo(StatusString.FINISHED);
        assertThat(batch.subStatements())
                .hasSize(3)
                .extracting(SubStatementData::hasResultSet)
                .containsExactly(false, false, true);
        SubStatementData last = batch.subStatements().get(2);
        assertThat(last.resultRows()).isEqualTo(1);
        assertThat(result(last.id()).records().get(0).get(0).stringValue()).isEqualTo("4s 1");
        assertThatThrownBy(() -> result(batch.id())).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> result(batch.id() + ":4")).isInstanceOf(ResourceNotFoundException.class);

        DescribeStatementResponse failed =
                awaitEnd(batch("delete from kinds where i = 77", "select 1 / 0", "select 2"));
        assertThat(failed.status()).isEqualTo(StatusString.FAILED);
        assertThat(failed.subStatements())
                .extracting(SubStatementData::statusAsString)
                .containsExactly("FINISHED", "FAILED", "ABORTED");
        assertThat(failed.subStatements().get(1).error()).isEqualTo("ERROR: division by zero");
        assertThat(single("select count(*) from kinds where i = 77", DataApiTest::asExporter))
                .as("rolled back")
                .isEqualTo("1");
    }

    @Test
    void timeoutThatABatchSetsEndsItsStatement() {
        DescribeStatementResponse late = awaitEnd(batch("set statement_timeout to 300", "select pg_sleep(30)"));
        assertThat(late.status()).isEqualTo(StatusString.FAILED);
        assertThat(late.subStatements().get(1).error()).contains("statement timeout");
    }

    private String batch(String... sqls) {
        return aws.redshiftData
                .batchExecuteStatement(execute -> execute.sqls(sqls)
                        .database("dev")
                        .clusterIdentifier("alpha")
                        .dbUser("exporter"))
                .id();
    }
}
