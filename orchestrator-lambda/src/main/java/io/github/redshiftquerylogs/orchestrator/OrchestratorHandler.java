package io.github.redshiftquerylogs.orchestrator;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.call.SdkEndpointInterceptor;
import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.connection.SdkClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.SdkGlueConnections;
import io.github.redshiftquerylogs.orchestrator.connection.SsmConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.SdkGlueJobs;
import io.github.redshiftquerylogs.orchestrator.monitor.DynamoDbMonitorTable;
import io.github.redshiftquerylogs.orchestrator.monitor.EmfMetrics;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.state.DynamoDbStateTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The Lambda's handler. EventBridge Scheduler calls it every five minutes; {@code Parameter Store Change} events, those
 * of half a minute in one batch, call it early. It starts the Glue job of each enabled cluster that is due, and publishes metrics. {@code docs/contracts.md} has
 * its environment variables, events, results and parameters.
 *
 * <ul>
 *   <li>The time of a tick is the event's {@code time}, so a late or repeated invocation decides the same.
 *   <li>A failure of one cluster never affects another: the handler returns a result for each ({@link
 *       io.github.redshiftquerylogs.orchestrator.result.Outcome}). It throws only if no cluster can be judged: invalid
 *       variables, global parameters or event time, or Parameter Store or the state table cannot be reached.
 *   <li>A missing job is created. A job whose definition has changed is updated before its start. Once a day, and after a
 *       failed run, a job is compared with its definition, and restored if it was changed by hand.
 *   <li>A cluster whose runs fail repeatedly is started less and less often, down to once an hour, until a run succeeds, its
 *       job definition changes, or one of its parameters changes.
 *   <li>A cluster without a parameter {@code connection} is looked up by its name, once its credentials are set: the Lambda
 *       creates a Glue connection with its address and network, and records it in that parameter. After a failed run that
 *       connection is compared with the cluster and updated. A cluster that does not answer queries, such as a paused one,
 *       is {@code failed} without a run.
 *   <li>The connection's security groups and subnet come from {@code SECURITY_GROUPS} and {@code SUBNETS} if they list the
 *       cluster's VPC, else from the cluster; of several subnets, one in the cluster's zone. Glue requires that one of the
 *       groups accepts all TCP ports from its own members
 *       (https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html).
 *   <li>Once a day each cluster's description (account, Region, nodes) is recorded in the state table. Metrics ({@link
 *       io.github.redshiftquerylogs.contract.MetricNames}) are written to the standard output in the embedded metric
 *       format. Neither can fail a tick.
 *   <li>No call is begun in the last 20 seconds of an invocation. A timeout of one minute is the minimum; two minutes are
 *       enough for a hundred clusters.
 *   <li>Parameters are not decrypted, so results, log lines and exceptions contain no secret.
 * </ul>
 *
 * <p>The log has a line at the start and at the end of a tick, and one for each cluster, with its outcome and detail.
 */
public final class OrchestratorHandler implements RequestHandler<Map<String, Object>, TickResult> {

    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorHandler.class);

    private final Orchestrator orchestrator;
    private final Clock clock;

    /**
     * The constructor that Lambda calls: configured by environment variables.
     *
     * @throws io.github.redshiftquerylogs.settings.InvalidSettingsException if variables are missing or invalid; its
     *     message lists all of them
     */
    public OrchestratorHandler() {
        this(System.getenv());
    }

    OrchestratorHandler(Map<String, String> variables) {
        this(
                Environment.parse(variables),
                SsmClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration
                                .addExecutionInterceptor(new SdkEndpointInterceptor())
                                .apiCallTimeout(Duration.ofSeconds(10)))
                        .build(),
                glueClientBuilder().build(),
                DynamoDbClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration
                                .addExecutionInterceptor(new SdkEndpointInterceptor())
                                .apiCallTimeout(Duration.ofSeconds(5)))
                        .build(),
                RedshiftClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration
                                .addExecutionInterceptor(new SdkEndpointInterceptor())
                                .apiCallTimeout(Duration.ofSeconds(10)))
                        .build(),
                Clock.systemUTC());
    }

    /**
     * Uses the given clients; the caller closes them.
     *
     * @param glue a client of {@link #glueClientBuilder}, or another one without retries
     * @param clock used for events without a time
     */
    public OrchestratorHandler(
            Environment environment,
            SsmClient ssm,
            GlueClient glue,
            DynamoDbClient dynamoDb,
            RedshiftClient redshift,
            Clock clock) {
        this(
                new Services(
                        new SettingsReader(ssm),
                        new SdkGlueJobs(glue),
                        new SdkGlueConnections(glue),
                        new SsmConnectionRecord(ssm),
                        new SdkClusterDirectory(redshift),
                        new DynamoDbStateTable(dynamoDb, environment.stateTable(), new Retrier(Pause.REAL)),
                        new DynamoDbMonitorTable(dynamoDb, environment.stateTable()),
                        new EmfMetrics()),
                environment,
                clock);
    }

    OrchestratorHandler(Services services, Environment environment, Clock clock) {
        this.orchestrator = services.orchestrator(environment);
        this.clock = clock;
    }

    /** Builder of a Glue client without retries, because StartJobRun cannot be repeated safely. */
    public static GlueClientBuilder glueClientBuilder() {
        return SdkGlueJobs.clientBuilder();
    }

    @Override
    public TickResult handleRequest(Map<String, Object> event, Context context) {
        try {
            return PowertoolsLogging.withLogging(context, () -> {
                Tick tick = new Tick(
                        ScheduledEvent.time(event, clock), () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
                Set<ClusterName> changed = ScheduledEvent.changedClusters(event);
                logStart(tick, changed);
                TickResult result = run(tick, changed);
                result.clusters().forEach(cluster -> log(tick.time(), cluster));
                logEnd(tick, result);
                return result;
            });
        } catch (RuntimeException e) {
            throw TickFailedException.onOneLine(e);
        }
    }

    private TickResult run(Tick tick, Set<ClusterName> changed) {
        try {
            return orchestrator.run(tick, changed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the tick of " + tick.time(), e);
        }
    }

    private static void logStart(Tick tick, Set<ClusterName> changed) {
        LoggingEventBuilder line =
                LOG.atInfo().addArgument(entry("tick", tick.time().toString()));
        if (!changed.isEmpty()) {
            line = line.addArgument(entry(
                    "changed_clusters", changed.stream().map(ClusterName::value).toList()));
        }
        line.log("tick started");
    }

    private static void logEnd(Tick tick, TickResult result) {
        Map<String, Long> outcomes = result.clusters().stream()
                .collect(Collectors.groupingBy(ClusterResult::outcome, TreeMap::new, Collectors.counting()));
        LOG.atInfo()
                .addArgument(entry("tick", tick.time().toString()))
                .addArgument(entry("clusters", result.clusters().size()))
                .addArgument(entry("outcomes", outcomes))
                .addArgument(
                        entry("remaining_seconds", tick.deadline().remaining().toSeconds()))
                .log("tick ended");
    }

    private static void log(Instant tick, ClusterResult cluster) {
        LoggingEventBuilder line = LOG.atLevel(level(cluster));
        line = line.addArgument(entry("cluster", cluster.cluster()))
                .addArgument(entry("outcome", cluster.outcome()))
                .addArgument(entry("tick", tick.toString()));
        if (cluster.runId() != null) {
            line = line.addArgument(entry("run_id", cluster.runId()));
        }
        if (cluster.detail() != null) {
            line = line.addArgument(entry("detail", cluster.detail()));
        }
        line.log("cluster");
    }

    private static Level level(ClusterResult cluster) {
        return switch (Outcome.parse(cluster.outcome())) {
            case STARTED, RUNNING, NOT_DUE -> Level.INFO;
            case AWAITING_CREDENTIALS, THROTTLED -> Level.WARN;
            case MISCONFIGURED, FAILED -> Level.ERROR;
        };
    }

    private static UrlConnectionHttpClient.Builder httpClient() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(5));
    }
}
