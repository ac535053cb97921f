package io.github.redshiftquerylogs.sandbox.demo.deploy;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.faults.FaultChoice;
import io.github.redshiftquerylogs.sandbox.aws.faults.FaultyNetwork;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunner;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.model.JobRun;

/** The deployed system on a local AWS, with the Lambda. Clusters are added by parameters only. */
public final class DeployedSandbox implements AutoCloseable {

    private final LocalAws aws;
    private final Optional<FaultyNetwork> network;
    private final SparkSubmitRunner jobs;
    private final ClusterEnrolment enrolment;
    private final LambdaClients clients;
    private final OrchestratorHandler lambda;
    private final ScheduleClock clock = new ScheduleClock();

    private DeployedSandbox(LocalAws aws, Environment environment, Optional<FaultyNetwork> network) {
        this.aws = aws;
        this.network = network;
        Map<String, String> variables = network.map(FaultyNetwork::environment).orElseGet(aws::environment);
        this.jobs =
                network.isEmpty() ? aws.sparkSubmit() : new SparkSubmitRunner(aws.workFolder(), variables, aws.s3());
        runJobsWith(jobs);
        this.enrolment = new ClusterEnrolment(aws, jobs);
        this.clients = LambdaClients.of(variables);
        this.lambda = new OrchestratorHandler(
                environment, clients.ssm(), clients.glue(), clients.dynamoDb(), clients.redshift(), clock);
    }

    /**
     * Starts the local AWS and deploys the system to it.
     *
     * @param workFolder for logs and files
     * @param checkout the checkout to deploy
     * @param exports a folder with own exports to deploy
     * @param faults decides which requests of the Lambda and of job runs suffer while the network is disturbed; without it there
     *     is no such network
     */
    public static DeployedSandbox start(
            Path workFolder, Checkout checkout, Path exports, Optional<FaultChoice> faults) {
        LocalAws aws = LocalAws.start(workFolder);
        try {
            Environment environment = Deployment.to(aws, checkout);
            Deployment.uploadOwnExports(aws, exports);
            return new DeployedSandbox(
                    aws, environment, faults.map(choice -> FaultyNetwork.before(aws.environment(), choice)));
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    /** The network between the local AWS on the one side, the Lambda and the job runs on the other one. */
    public Optional<FaultyNetwork> network() {
        return network;
    }

    /** Starts the processes of job runs. */
    public SparkSubmitRunner jobs() {
        return jobs;
    }

    /** Uses another runner for job runs from now on. */
    public void runJobsWith(JobRunner runner) {
        aws.endpoint().runJobsWith(runner);
    }

    /** Calls the Lambda with the event that EventBridge sends at a time. */
    public List<ClusterResult> tick(Instant time) {
        clock.now = time;
        return lambda.handleRequest(ScheduledEvents.at(time), new SandboxContext())
                .clusters();
    }

    /**
     * Starts a run of a cluster's job by hand.
     *
     * @param arguments in place of those of its definition
     * @return Glue's id of the run
     */
    public String startRun(ClusterName cluster, Map<String, String> arguments) {
        return aws.glue()
                .startJobRun(
                        request -> request.jobName(ResourceNames.job(cluster)).arguments(arguments))
                .jobRunId();
    }

    /** A run of a cluster's job, as Glue returns it. */
    public JobRun jobRun(ClusterName cluster, String runId) {
        return aws.glue()
                .getJobRun(
                        request -> request.jobName(ResourceNames.job(cluster)).runId(runId))
                .jobRun();
    }

    /** An item of the state table; empty if there is none. */
    public Map<String, AttributeValue> state(ClusterName cluster, String entry) {
        return aws.dynamoDb()
                .getItem(request -> request.tableName(ResourceNames.STATE_TABLE)
                        .key(Map.of(
                                ResourceNames.STATE_PARTITION_KEY, AttributeValue.fromS(cluster.value()),
                                ResourceNames.STATE_SORT_KEY, AttributeValue.fromS(entry)))
                        .consistentRead(true))
                .item();
    }

    public LocalAws aws() {
        return aws;
    }

    public ClusterEnrolment enrolment() {
        return enrolment;
    }

    @Override
    public void close() {
        clients.close();
        aws.close();
        network.ifPresent(FaultyNetwork::close);
    }

    /** The text of an attribute; null if the item has none. */
    public static @Nullable String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    /** The Lambda's clock: ticks of the demo follow each other faster than their times, and the Lambda compares both. */
    private static final class ScheduleClock extends Clock {

        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
