package io.github.redshiftquerylogs.orchestrator;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.redshiftquerylogs.cluster.ParameterReader;
import io.github.redshiftquerylogs.cluster.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The Lambda: called every five minutes by EventBridge Scheduler, and early by a {@code Parameter Store Change}; starts
 * the Glue job of each enabled cluster that is due.
 *
 * <ul>
 *   <li>The tick's time is the event's {@code time}, so an invocation that comes late decides the same.
 *   <li>One cluster's failure never touches another; the handler returns normally with a result for each
 *       ({@link Outcome}), and logs one JSON line for each.
 *   <li>A job that is missing is created, one whose definition has changed since it was last applied is updated before
 *       its start; once a day, and after a failed run, a job is compared with its definition and put right if somebody
 *       changed it by hand.
 *   <li>A cluster whose runs keep failing is started less and less often, down to once an hour, until a run succeeds or
 *       its definition changes.
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
 *   <tr><td>{@code AWS_*}</td><td>as the AWS SDK reads them, {@code AWS_ENDPOINT_URL} among them</td>
 *       <td>set by Lambda</td></tr>
 *   <tr><td>{@code POWERTOOLS_SERVICE_NAME}, {@code POWERTOOLS_LOG_LEVEL}</td><td>as Powertools reads them</td>
 *       <td>{@code service_undefined}, {@code INFO}</td></tr>
 * </table>
 *
 * <p>Rights: {@code ssm:GetParameters} on {@code redshift_query_logs.*}; {@code dynamodb:BatchGetItem} and {@code
 * dynamodb:PutItem} on the state table; {@code glue:StartJobRun}, {@code glue:GetJob}, {@code glue:CreateJob},
 * {@code glue:UpdateJob} and {@code glue:TagResource} on the jobs; {@code iam:PassRole} on the jobs' role.
 */
public final class OrchestratorHandler implements RequestHandler<Map<String, Object>, TickResult> {

    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorHandler.class);

    private final Orchestrator orchestrator;
    private final Clock clock;

    /**
     * As Lambda calls it: everything from the environment.
     *
     * @throws io.github.redshiftquerylogs.cluster.InvalidSettingsException if variables are missing or wrong; names all
     */
    public OrchestratorHandler() {
        this(System.getenv());
    }

    OrchestratorHandler(Map<String, String> variables) {
        this(
                Environment.parse(variables),
                SsmClient.builder().httpClientBuilder(httpClient()).build(),
                glueClientBuilder().build(),
                DynamoDbClient.builder()
                        .httpClientBuilder(httpClient())
                        .overrideConfiguration(configuration -> configuration.apiCallTimeout(Duration.ofSeconds(5)))
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
            Environment environment, SsmClient ssm, GlueClient glue, DynamoDbClient dynamoDb, Clock clock) {
        this(
                environment,
                new SettingsReader(new ParameterReader(ssm)),
                new SdkGlueJobs(glue),
                new DynamoDbStateTable(dynamoDb, environment.stateTable(), Backoff.DEFAULT, Pause.REAL),
                clock);
    }

    OrchestratorHandler(
            Environment environment, SettingsReader settings, GlueJobs jobs, StateTable state, Clock clock) {
        this.orchestrator = new Orchestrator(
                settings,
                state,
                new JobStarter(jobs, state, new PatientCalls(Backoff.DEFAULT, Pause.REAL)),
                environment);
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
            TickResult result = tick(tick, () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
            result.clusters().forEach(cluster -> log(tick, cluster));
            return result;
        });
    }

    private TickResult tick(Instant tick, Deadline deadline) {
        try {
            return orchestrator.tick(tick, deadline);
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
