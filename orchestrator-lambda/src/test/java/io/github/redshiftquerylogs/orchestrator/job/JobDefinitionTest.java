package io.github.redshiftquerylogs.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.environment.JobNetwork;
import io.github.redshiftquerylogs.orchestrator.environment.JobShape;
import io.github.redshiftquerylogs.orchestrator.environment.TestingEnvironments;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobDefinitionTest {

    private static final Environment ENVIRONMENT =
            TestingEnvironments.of("s3://artifacts/jobs.jar", "s3://artifacts/export.scala", "export_state", "logs_db");
    private static final GlobalSettings GLOBAL = new GlobalSettings(
            "s3://lake/logs",
            "s3://staging/tmp",
            "exporter",
            Duration.ofHours(1),
            3,
            Optional.empty(),
            Optional.empty());
    private static final ClusterSettings ORDERS =
            settings("orders", "orders-connection", "exporter_user", Duration.ofHours(1));

    private static ClusterSettings settings(String name, String connection, String user, Duration interval) {
        return TestingDefinitions.settings(name, new ClusterConnection.Glue(connection), user, interval);
    }

    private static JobDefinition definition() {
        return JobDefinition.of(ORDERS, GLOBAL, ENVIRONMENT);
    }

    @Test
    void theWholeDefinitionOfAJob() {
        JobDefinition job = definition();
        assertThat(job.name()).isEqualTo("orders_extract_rs_query_logs");
        assertThat(job.role()).isEqualTo("exporter");
        assertThat(job.command()).isEqualTo("glueetl");
        assertThat(job.script()).isEqualTo("s3://artifacts/export.scala");
        assertThat(job.glueVersion()).isEqualTo("5.1");
        assertThat(job.workerType()).isEqualTo("G.1X");
        assertThat(job.workers()).isEqualTo(2);
        assertThat(job.timeoutMinutes()).isEqualTo(30);
        assertThat(job.maxRetries()).isZero();
        assertThat(job.maxConcurrentRuns()).isEqualTo(1);
        assertThat(job.connections()).containsExactly("orders-connection");
        assertThat(job.tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("project", "redshift-query-logs", "cluster_name", "orders"));
        assertThat(job.defaultArguments())
                .containsEntry("--job-language", "scala")
                .containsEntry("--class", "io.github.redshiftquerylogs.export.ExportJob")
                .containsEntry("--extra-jars", "s3://artifacts/jobs.jar")
                .containsEntry("--datalake-formats", "iceberg")
                .containsEntry("--TempDir", "s3://staging/tmp/")
                .containsEntry("--enable-continuous-cloudwatch-log", "true")
                .containsEntry("--cluster_name", "orders")
                .containsEntry("--database_name", "logs_db")
                .containsEntry("--state_table", "export_state");
    }

    @Test
    void aDeploymentChoosesSizeEncryptionAndLogs() {
        JobDefinition job =
                JobDefinition.of(ORDERS, GLOBAL, withShape(new JobShape("G.2X", 4, "logs-encrypted", "/logs/jobs")));

        assertThat(job.workerType()).isEqualTo("G.2X");
        assertThat(job.workers()).isEqualTo(4);
        assertThat(job.defaultArguments()).containsEntry("--custom-logGroup-prefix", "/logs/jobs");
        assertThat(SdkJobRequests.create(job).securityConfiguration()).isEqualTo("logs-encrypted");
        assertThat(SdkJobRequests.create(job).workerTypeAsString()).isEqualTo("G.2X");
        assertThat(SdkJobRequests.update(job).jobUpdate().securityConfiguration())
                .isEqualTo("logs-encrypted");
        assertThat(SdkJobRequests.create(definition()).securityConfiguration()).isNull();
        assertThat(definition().defaultArguments()).doesNotContainKey("--custom-logGroup-prefix");
    }

    private static Environment withShape(JobShape shape) {
        return new Environment(
                ENVIRONMENT.jobJar(),
                ENVIRONMENT.jobScript(),
                ENVIRONMENT.stateTable(),
                ENVIRONMENT.database(),
                JobNetwork.NONE,
                shape);
    }

    @Test
    void allSparkSettingsAreInOneValueAsGlueTakesThem() {
        assertThat(definition().defaultArguments().get("--conf"))
                .isEqualTo("spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"
                        + " --conf spark.sql.catalog.glue_catalog=org.apache.iceberg.spark.SparkCatalog"
                        + " --conf spark.sql.catalog.glue_catalog.type=glue"
                        + " --conf spark.sql.catalog.glue_catalog.warehouse=s3://lake/logs/data"
                        + " --conf spark.sql.catalog.glue_catalog.io-impl=org.apache.iceberg.aws.s3.S3FileIO"
                        + " --conf spark.sql.catalog.glue_catalog.s3.cross-region-access-enabled=true"
                        + " --conf spark.sql.catalog.glue_catalog.cache-enabled=false"
                        + " --conf spark.sql.session.timeZone=UTC");
    }

    @Test
    void theJobUnderstandsItsArguments() {
        String[] asGluePassesThem = definition().defaultArguments().entrySet().stream()
                .flatMap(argument -> Stream.of(argument.getKey(), argument.getValue()))
                .toArray(String[]::new);
        assertThat(JobArguments.parse(asGluePassesThem))
                .isEqualTo(JobArguments.of(ORDERS.name(), "logs_db", "export_state"));
    }

    @Test
    void neitherUserNorPasswordIsInADefinition() {
        // the password cannot be: it is in no type that a definition is made of
        assertThat(definition().toString()).doesNotContain("exporter_user").doesNotContain("assword");
    }

    @Test
    void equalDefinitionsHaveEqualHashes() {
        assertThat(definition().hash()).isEqualTo(definition().hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void whateverChangesInADefinitionChangesItsHash() {
        ClusterSettings otherName = settings("sales", "orders-connection", "exporter_user", ORDERS.interval());
        ClusterSettings otherConnection = settings("orders", "other", "exporter_user", ORDERS.interval());
        List<String> hashes = Stream.of(
                        definition(),
                        JobDefinition.of(otherName, GLOBAL, ENVIRONMENT),
                        JobDefinition.of(otherConnection, GLOBAL, ENVIRONMENT),
                        JobDefinition.of(
                                ORDERS,
                                new GlobalSettings(
                                        "s3://lake/b",
                                        GLOBAL.tempdir(),
                                        GLOBAL.role(),
                                        GLOBAL.interval(),
                                        3,
                                        Optional.empty(),
                                        Optional.empty()),
                                ENVIRONMENT),
                        JobDefinition.of(
                                ORDERS,
                                new GlobalSettings(
                                        GLOBAL.s3Prefix(),
                                        "s3://t/b",
                                        GLOBAL.role(),
                                        GLOBAL.interval(),
                                        3,
                                        Optional.empty(),
                                        Optional.empty()),
                                ENVIRONMENT),
                        JobDefinition.of(
                                ORDERS,
                                new GlobalSettings(
                                        GLOBAL.s3Prefix(),
                                        GLOBAL.tempdir(),
                                        "other",
                                        GLOBAL.interval(),
                                        3,
                                        Optional.empty(),
                                        Optional.empty()),
                                ENVIRONMENT),
                        JobDefinition.of(
                                ORDERS,
                                GLOBAL,
                                TestingEnvironments.of(
                                        "s3://artifacts/2.jar", ENVIRONMENT.jobScript(), "export_state", "logs_db")),
                        JobDefinition.of(
                                ORDERS,
                                GLOBAL,
                                TestingEnvironments.of(
                                        ENVIRONMENT.jobJar(), "s3://artifacts/2", "export_state", "logs_db")),
                        JobDefinition.of(
                                ORDERS,
                                GLOBAL,
                                TestingEnvironments.of(
                                        ENVIRONMENT.jobJar(), ENVIRONMENT.jobScript(), "state2", "logs_db")),
                        JobDefinition.of(
                                ORDERS,
                                GLOBAL,
                                TestingEnvironments.of(
                                        ENVIRONMENT.jobJar(), ENVIRONMENT.jobScript(), "export_state", "db2")),
                        JobDefinition.of(ORDERS, GLOBAL, withShape(new JobShape("G.2X", 2, "", ""))),
                        JobDefinition.of(ORDERS, GLOBAL, withShape(new JobShape("G.1X", 3, "", ""))),
                        JobDefinition.of(ORDERS, GLOBAL, withShape(new JobShape("G.1X", 2, "encrypted", ""))),
                        JobDefinition.of(ORDERS, GLOBAL, withShape(new JobShape("G.1X", 2, "", "/logs"))))
                .map(JobDefinition::hash)
                .toList();
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void whatTheJobIsNotMadeOfDoesNotChangeItsHash() {
        ClusterSettings other = settings("orders", "orders-connection", "other_user", Duration.ofMinutes(5));
        assertThat(JobDefinition.of(other, GLOBAL, ENVIRONMENT).hash())
                .isEqualTo(definition().hash());
    }

    @Test
    void aClusterInABucketOfItsOwnNeedsNoPrefix() {
        GlobalSettings bucketOnly = new GlobalSettings(
                "s3://lake", "s3://staging", GLOBAL.role(), GLOBAL.interval(), 3, Optional.empty(), Optional.empty());
        assertThat(JobDefinition.of(ORDERS, bucketOnly, ENVIRONMENT)
                        .defaultArguments()
                        .get("--conf"))
                .contains("warehouse=s3://lake/data ");
    }

    @Test
    void aClusterBehindTheDataApiNeedsNoNetwork() {
        JobDefinition job = JobDefinition.of(
                TestingDefinitions.settings(
                        "orders",
                        new ClusterConnection.DataApi(false, "orders", "dev"),
                        "exporter_user",
                        Duration.ofHours(1)),
                GLOBAL,
                ENVIRONMENT);
        assertThat(job.connections()).isEmpty();
        assertThat(job.settings()).containsEntry("connections", "");
        assertThat(job.hash()).isNotEqualTo(definition().hash());
    }

    @Test
    void aClusterThatIsStillToBeLookedUpIsReachedByTheConnectionThatIsMadeForIt() {
        ClusterSettings unknown = TestingDefinitions.settings(
                "orders", new ClusterConnection.Lookup(), "exporter_user", Duration.ofHours(1));
        assertThat(JobDefinition.of(unknown, GLOBAL, ENVIRONMENT).connections())
                .containsExactly("orders_rs_query_logs");
    }
}
