package io.github.redshiftquerylogs.orchestrator;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.redshiftquerylogs.orchestrator.call.Backoff;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.connection.SdkClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.SdkGlueConnections;
import io.github.redshiftquerylogs.orchestrator.connection.SsmConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.SdkGlueJobs;
import io.github.redshiftquerylogs.orchestrator.monitor.DynamoDbWatchTable;
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
import java.util.Optional;
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
 * The Lambda: called every five minutes by EventBridge Scheduler, and early by a {@code Parameter Store Change}; starts
 * the Glue job of each enabled cluster that is due, and publishes how far the clusters are behind.
 *
 * <ul>
 *   <li>The tick's time is the event's {@code time}, so an invocation that comes late decides the same.
 *   <li>One cluster's failure never touches another; the handler returns normally with a result for each
 *       ({@link Outcome}), and logs one JSON line for each.
 *   <li>A job that is missing is created, one whose definition has changed since it was last applied is updated before
 *       its start; once a day, and after a failed run, a job is compared with its definition and put right if somebody
 *       changed it by hand.
 *   <li>A cluster whose runs keep failing is started less and less often, down to once an hour, until a run succeeds or
 *       its definition changes. An event {@code Parameter Store Change} of one of its own parameters, such as a corrected
 *       password, starts it at once.
 *   <li>A cluster without a parameter {@code connection} is looked up by its name, once its credentials are there: a Glue
 *       connection with its address and network is made and recorded in that parameter. Deleting the parameter has it
 *       looked up again, and so has a run that failed: then a connection that was made here is put right. The connection gets the security groups that {@code SECURITY_GROUPS} names for the cluster's
 *       VPC, else those of the cluster itself; Glue demands that one of them lets its own members in on all TCP ports
 *       (https://docs.aws.amazon.com/glue/latest/dg/setup-vpc-for-glue-access.html). In the same way it gets a subnet
 *       that {@code SUBNETS} names for this VPC, else one of the cluster's subnet group: in the cluster's zone, if there
 *       is one. Changed variables hold for connections that are made, or put right, from then on.
 *   <li>A cluster that was looked up and is paused, or does not answer queries for another reason, is {@code failed}
 *       without a run; with a recorded connection, once a run of it has failed.
 *   <li>Once a day each cluster's description (account, Region, nodes) is noted in the state table.
 *   <li>Metrics ({@link io.github.redshiftquerylogs.contract.MetricNames}) go to the standard output in the embedded
 *       metric format. Neither they nor descriptions ever fail a tick.
 *   <li>It throws only where no cluster can be judged: variables or global parameters that cannot be used (all problems
 *       in one text), an event whose time is no instant, Parameter Store or the state table out of reach.
 *   <li>It begins no call in the last twenty seconds of its time, so give it at least a minute; two are good for a
 *       hundred clusters.
 *   <li>It decrypts nothing, so no secret can be in a result, a log line or an exception.
 * </ul>
 *
 * <p>Environment variables:
 *
 * <table>
 *   <caption>Variables of the Lambda</caption>
 *   <tr><th>name</th><th>meaning</th><th>default</th></tr>
 *   <tr><td>{@code JOB_JAR}</td><td>S3 URI of the job's jar</td><td>required</td></tr>
 *   <tr><td>{@code JOB_SCRIPT}</td><td>S3 URI of the script that Glue starts</td><td>required</td></tr>
 *   <tr><td>{@code STATE_TABLE}</td><td>DynamoDB table of starts and watermarks</td>
 *       <td>{@code export_state}</td></tr>
 *   <tr><td>{@code DATABASE_NAME}</td><td>Glue database of the lake</td><td>{@code redshift_query_logs_db}</td></tr>
 *   <tr><td>{@code SECURITY_GROUPS}</td><td>security groups of jobs by VPC, for connections that are made, such as
 *       {@code vpc-1=sg-1,sg-2;vpc-2=sg-3}</td><td>those of the cluster</td></tr>
 *   <tr><td>{@code SUBNETS}</td><td>subnets of jobs with their zones by VPC, for connections that are made, such as
 *       {@code vpc-1=subnet-1@eu-central-1a,subnet-2@eu-central-1b}</td><td>those of the cluster's subnet group</td></tr>
 *   <tr><td>{@code JOB_WORKER_TYPE}, {@code JOB_WORKERS}</td><td>size of the jobs</td><td>{@code G.1X}, 2</td></tr>
 *   <tr><td>{@code JOB_SECURITY_CONFIGURATION}</td><td>Glue security configuration of the jobs</td><td>none</td></tr>
 *   <tr><td>{@code JOB_LOG_GROUP_PREFIX}</td><td>what the names of the jobs' log groups begin with</td>
 *       <td>{@code /aws-glue/jobs}</td></tr>
 *   <tr><td>{@code AWS_*}</td><td>as the AWS SDK reads them, {@code AWS_ENDPOINT_URL} among them</td>
 *       <td>set by Lambda</td></tr>
 *   <tr><td>{@code POWERTOOLS_SERVICE_NAME}, {@code POWERTOOLS_LOG_LEVEL}, {@code POWERTOOLS_METRICS_DISABLED}</td>
 *       <td>as Powertools reads them</td><td>{@code service_undefined}, {@code INFO}, {@code false}</td></tr>
 * </table>
 *
 * <p>Rights: {@code ssm:GetParameters} on {@code redshift_query_logs.*}; {@code dynamodb:BatchGetItem}, {@code
 * dynamodb:PutItem}, {@code dynamodb:UpdateItem} and {@code dynamodb:Query} on the state table; {@code
 * glue:StartJobRun}, {@code glue:GetJob}, {@code glue:CreateJob}, {@code glue:UpdateJob} and {@code glue:TagResource} on
 * the jobs; {@code iam:PassRole} on the jobs' role. For descriptions {@code redshift:DescribeClusters}. For clusters that
 * are looked up also {@code redshift:DescribeClusterSubnetGroups}; {@code glue:CreateConnection}, {@code
 * glue:GetConnection} and {@code glue:UpdateConnection} on the catalog and on connections {@code *_rs_query_logs}; {@code
 * ssm:PutParameter} on {@code redshift_query_logs.*.connection}.
 */
public final class OrchestratorHandler implements RequestHandler<Map<String, Object>, TickResult> {

    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorHandler.class);

    private final Orchestrator orchestrator;
    private final Clock clock;

    /**
     * As Lambda calls it: everything from the environment.
     *
     * @throws io.github.redshiftquerylogs.settings.InvalidSettingsException if variables are missing or wrong; names all
     */
    public OrchestratorHandler() {
        this(System.getenv());
    }

    OrchestratorHandler(Map<String, String> variables) {
        this(
                Environment.parse(variables),
                SsmClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofSeconds(10)))
                        .build(),
                glueClientBuilder().build(),
                DynamoDbClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofSeconds(5)))
                        .build(),
                RedshiftClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofSeconds(10)))
                        .build(),
                Clock.systemUTC());
    }

    /**
     * With given clients, which stay open.
     *
     * @param glue made by {@link #glueClientBuilder}, or another one without retries
     * @param clock only asked where an event has no time
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
                        new DynamoDbStateTable(dynamoDb, environment.stateTable(), Backoff.DEFAULT, Pause.REAL),
                        new DynamoDbWatchTable(dynamoDb, environment.stateTable()),
                        new EmfMetrics()),
                environment,
                clock);
    }

    OrchestratorHandler(Services services, Environment environment, Clock clock) {
        this.orchestrator = services.orchestrator(environment);
        this.clock = clock;
    }

    /** A Glue client that sends every request once: StartJobRun cannot be repeated safely. */
    public static GlueClientBuilder glueClientBuilder() {
        return SdkGlueJobs.clientBuilder();
    }

    @Override
    public TickResult handleRequest(Map<String, Object> event, Context context) {
        return PowertoolsLogging.withLogging(context, () -> {
            Instant tick = ScheduledEvent.time(event, clock);
            TickResult result = tick(
                    tick,
                    ScheduledEvent.changedCluster(event),
                    () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
            result.clusters().forEach(cluster -> log(tick, cluster));
            return result;
        });
    }

    private TickResult tick(Instant tick, Optional<ClusterName> changed, Deadline deadline) {
        try {
            return orchestrator.tick(tick, changed, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the tick of " + tick, e);
        }
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
