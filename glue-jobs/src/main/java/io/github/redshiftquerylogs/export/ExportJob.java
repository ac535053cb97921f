package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.compaction.SparkRewriter;
import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.querydays.QueryDay;
import io.github.redshiftquerylogs.querydays.SparkQueryDay;
import io.github.redshiftquerylogs.redshift.JdbcAddressLookup;
import io.github.redshiftquerylogs.redshift.LimitedSource;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.seal.Verification;
import io.github.redshiftquerylogs.selection.KnownExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import io.github.redshiftquerylogs.settings.SettingsReader;
import io.github.redshiftquerylogs.transfer.LogLevels;
import io.github.redshiftquerylogs.transfer.SparkWindowTasks;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.transfer.Unloading;
import io.github.redshiftquerylogs.watermark.DynamoDbExportState;
import io.github.redshiftquerylogs.watermark.ExportState;
import io.github.redshiftquerylogs.watermark.RunRecord;
import java.time.Clock;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The Glue job: exports the new rows of one cluster, or verifies those that are in the lake.
 *
 * <p>Arguments are those of {@link JobArguments}. Endpoints come from the SDK's standard environment, the catalog
 * {@code glue_catalog} from Spark's configuration. The job never exits the process; it fails by throwing, after all
 * tables were tried.
 */
public final class ExportJob {

    private static final Logger LOG = LoggerFactory.getLogger(ExportJob.class);

    private ExportJob() {}

    /**
     * Runs the job.
     *
     * @param args as Glue passes them
     * @throws ExportFailedException if the cluster or one of its tables failed, or if what is verified was altered
     */
    public static void main(String... args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        LogLevels.apply();
        JobArguments arguments = JobArguments.parse(args);
        try (SsmClient ssm = SsmClient.create();
                GlueClient glue = GlueClient.create();
                DynamoDbClient dynamoDb = DynamoDbClient.create();
                SparkSession spark = SparkSession.builder().getOrCreate()) {
            if (arguments.verification().isPresent()) {
                verify(arguments, new SettingsReader(ssm).readGlobal(), spark);
                return;
            }
            DynamoDbExportState state = new DynamoDbExportState(dynamoDb, arguments.stateTable());
            RunSummary summary = run(arguments, ssm, glue, state, spark);
            String json = summary.toJson();
            LOG.info("run summary: {}", json);
            Optional<RuntimeException> unrecorded = record(state, arguments.cluster(), summary, json);
            if (summary.status() != RunSummary.Status.SUCCEEDED) {
                ExportFailedException failure = new ExportFailedException(
                        arguments.cluster() + " " + summary.status().text() + ": " + summary.toText());
                unrecorded.ifPresent(failure::addSuppressed);
                throw failure;
            }
            unrecorded.ifPresent(failure -> {
                throw failure;
            });
        }
    }

    /** Reads only the lake: the cluster need not exist any more. */
    private static void verify(JobArguments arguments, GlobalSettings global, SparkSession spark) {
        Verification.Report report = new Verification(
                        lake(arguments, global, spark),
                        arguments.cluster(),
                        knownExports(global).declarations())
                .run(arguments.verification().flatMap(JobArguments.Verify::head));
        report.problems().forEach(problem -> LOG.error("{} verification: {}", arguments.cluster(), problem));
        LOG.info("{} verification: {}", arguments.cluster(), report.toText());
        if (!report.isUnaltered()) {
            throw new ExportFailedException(arguments.cluster() + ": " + report.toText());
        }
    }

    private static Lake lake(JobArguments arguments, GlobalSettings global, SparkSession spark) {
        return new Lake(
                Spark3Util.loadIcebergCatalog(spark, SparkSettings.CATALOG), arguments.database(), global.s3Prefix());
    }

    private static Optional<RuntimeException> record(
            DynamoDbExportState state, ClusterName cluster, RunSummary summary, String json) {
        try {
            state.recordRun(
                    cluster,
                    new RunRecord(
                            summary.runId(), summary.status().text(), summary.startedAt(), summary.finishedAt(), json));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static RunSummary run(
            JobArguments arguments, SsmClient ssm, GlueClient glue, ExportState state, SparkSession spark) {
        Clock clock = Clock.systemUTC();
        String runId = arguments.runId().orElseGet(() -> UUID.randomUUID().toString());
        RunSummary.Start start = new RunSummary.Start(arguments.cluster(), runId, clock.instant());
        try {
            SettingsReader settings = new SettingsReader(ssm);
            GlobalSettings global = settings.readGlobal();
            ClusterSettings cluster = settings.readCluster(arguments.cluster(), global);
            Source source = new Sources(settings, new JdbcAddressLookup(glue))
                    .of(cluster, runId, arguments.budget().dividedBy(2));
            TransferPorts transfer = new TransferPorts(
                    new LimitedSource(source, cluster.statements()),
                    Unloading.of(global.tempdir(), cluster.unloadRole(), bucketRegion(global, source)),
                    new SparkWindowTasks(spark));
            QueryDay queryDay = new SparkQueryDay(spark, SparkSettings.CATALOG + "." + arguments.database());
            RunPorts ports = new RunPorts(
                    transfer, lake(arguments, global, spark), state, queryDay, new SparkRewriter(spark), clock);
            return new ExportRun(
                            arguments, runId, knownExports(global), cluster.exports(), cluster.acceptSource(), ports)
                    .run();
        } catch (Exception | LinkageError e) {
            // no source, and so no password, was known yet
            Failure failure = Failure.of(e, UnaryOperator.identity());
            new RunLog(arguments.cluster()).failed(failure);
            return start.nothingRead(clock.instant(), RunSummary.Status.FAILED, failure);
        }
    }

    /** The exports of this project, and those of the folder of own exports, if there is one. */
    private static KnownExports knownExports(GlobalSettings global) {
        KnownExports bundled = KnownExports.of(Declarations.bundled());
        if (global.exportsPrefix().isEmpty()) {
            return bundled;
        }
        try (S3Client s3 = S3Client.builder().crossRegionAccessEnabled(true).build()) {
            return S3Folder.add(bundled, s3, global.exportsPrefix().get());
        }
    }

    private static Optional<String> bucketRegion(GlobalSettings global, Source source) {
        // a bucket elsewhere answers with its Region, to which the client then goes
        try (S3Client s3 = S3Client.builder().crossRegionAccessEnabled(true).build()) {
            return BucketRegion.elsewhere(s3, global.tempdir(), source.region());
        }
    }
}
