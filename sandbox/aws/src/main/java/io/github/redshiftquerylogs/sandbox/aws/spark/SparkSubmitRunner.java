package io.github.redshiftquerylogs.sandbox.aws.spark;

import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunRequest;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunner;
import io.github.redshiftquerylogs.sandbox.aws.process.ChildProcess;
import io.github.redshiftquerylogs.sandbox.aws.process.Folders;
import io.github.redshiftquerylogs.sandbox.aws.process.JavaCommand;
import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import io.github.redshiftquerylogs.sandbox.protocol.TlsIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Runs Glue Spark jobs as Glue does: each run is a process of its own, in which {@code spark-submit} runs the class
 * ({@code --class}) of the job's jar ({@code --extra-jars}) on Spark and Iceberg of Glue 5.1, with two local cores as
 * workers.
 *
 * <p>The settings of the local cluster (addresses of the loopback interface, no web interface, path-style S3 addresses
 * for the catalog {@code glue_catalog}) override the job's own settings.
 */
public final class SparkSubmitRunner implements JobRunner {

    private final Path runsFolder;
    private final Map<String, String> environment;
    private final ExtraJars jars;
    private final Map<String, SparkJobRun> runs = new ConcurrentHashMap<>();
    private volatile Optional<TlsIdentity> trusted = Optional.empty();

    /**
     * @param workFolder for {@code runs/<run id>.log}, temporary files of runs and fetched jars
     * @param environment of the processes: endpoints, Region, credentials; a test may add more, such as {@code TZ}
     * @param s3 the client that fetches the jars; not closed
     */
    public SparkSubmitRunner(Path workFolder, Map<String, String> environment, S3Client s3) {
        this.runsFolder = Folders.create(workFolder.toAbsolutePath().resolve("runs"));
        this.environment = Map.copyOf(environment);
        this.jars = new ExtraJars(s3, workFolder.toAbsolutePath().resolve("jars"));
    }

    /** Makes later runs trust the certificate of this identity instead of those that the JDK trusts. */
    public void trust(TlsIdentity identity) {
        trusted = Optional.of(identity);
    }

    @Override
    public SparkJobRun start(JobRunRequest request) {
        Path temporaryFolder = runsFolder.resolve(request.runId() + ".tmp");
        List<Path> fetched = jars.fetch(request.arguments().getOrDefault("--extra-jars", ""));
        String classPath = Runtimes.classPath(SparkJvm.RUNTIME);
        JavaCommand command = new JavaCommand(
                jvmOptions(classPath),
                classPath,
                SparkJvm.MAIN_CLASS,
                SparkSubmitArguments.of(request, fetched, clusterSettings(temporaryFolder)));
        Path log = runsFolder.resolve(request.runId() + ".log");
        ChildProcess process = ChildProcess.start(
                request.jobName() + " " + request.runId(), command, environment, temporaryFolder, log);
        SparkJobRun run = new SparkJobRun(process, log, temporaryFolder);
        runs.put(request.runId(), run);
        return run;
    }

    /** A run that was started here, running or ended. */
    public Optional<SparkJobRun> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    private List<String> jvmOptions(String classPath) {
        List<String> options = new ArrayList<>(SparkJvm.options());
        SparkJvm.archive(classPath).ifPresent(archive -> options.add("-XX:SharedArchiveFile=" + archive));
        trusted.ifPresent(identity -> {
            options.add("-Djavax.net.ssl.trustStore=" + identity.trustStore());
            options.add("-Djavax.net.ssl.trustStorePassword=" + TlsIdentity.STORE_PASSWORD);
        });
        return options;
    }

    private static Map<String, String> clusterSettings(Path temporaryFolder) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.driver.bindAddress", "127.0.0.1");
        settings.put("spark.driver.host", "127.0.0.1");
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.local.dir", temporaryFolder.toString());
        settings.put("spark.sql.catalog.glue_catalog.s3.path-style-access", "true");
        return settings;
    }
}
