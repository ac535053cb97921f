package io.github.redshiftquerylogs.infra.orchestration;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.foundation.StackKey;
import io.github.redshiftquerylogs.infra.job.JobResources;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.network.Network;
import io.github.redshiftquerylogs.infra.options.Options;
import io.github.redshiftquerylogs.infra.rights.Acknowledged;
import io.github.redshiftquerylogs.infra.rights.Allow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.scheduler.ContextAttribute;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The Lambda, its schedule, and its early ticks for changed parameters. A failed call is not retried and a late call is
 * dropped, since the next tick does the same work; dropped calls are in the dead-letter queue. No concurrency is
 * reserved, since that fails in accounts with a small quota; concurrent ticks are harmless.
 */
public final class Orchestration extends Construct {

    private static final String HANDLER = "io.github.redshiftquerylogs.orchestrator.OrchestratorHandler";
    static final Duration TIMEOUT = Duration.minutes(2);
    static final Duration EVENT_AGE = Duration.minutes(5);

    private final Queue deadLetters;
    private final Role role;
    private final Function function;
    private final Schedule schedule;
    private final ParameterChanges parameterChanges;

    /**
     * Creates the Lambda and its triggers.
     *
     * @param network the network of jobs with a JDBC connection; empty if the options have none
     * @param retention retention of the Lambda's log
     */
    public Orchestration(
            Construct scope,
            String id,
            Options options,
            Artifacts artifacts,
            Storage storage,
            StackKey key,
            JobResources job,
            Optional<Network> network,
            RetentionDays retention) {
        super(scope, id);
        deadLetters = Queue.Builder.create(this, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        Acknowledged.rule(deadLetters, "SQS3", "it is the dead-letter queue of the schedule, the rule and the Lambda");
        role = Role.Builder.create(this, "Role")
                .description("Role of the Lambda of redshift-query-logs")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        function = function(options, artifacts, storage, key, job, network, retention);
        schedule = Schedule.Builder.create(this, "Schedule")
                .description("Calls the Lambda that starts the exports of due clusters")
                .schedule(ScheduleExpression.rate(Duration.minutes(options.scheduleMinutes())))
                .target(LambdaInvoke.Builder.create(function)
                        .input(ScheduleTargetInput.fromObject(Map.of("time", ContextAttribute.getScheduledTime())))
                        .retryAttempts(0)
                        .maxEventAge(EVENT_AGE)
                        .deadLetterQueue(deadLetters)
                        .build())
                .build();
        // for the schedule's role, which is a direct child of the stack
        Acknowledged.wildcards(
                Stack.of(this), Map.of(function.getFunctionArn() + ":*", "any version: only the latest exists"));
        parameterChanges = new ParameterChanges(this, "ParameterChanges", function, deadLetters);
    }

    /** The role of the Lambda. */
    public Role role() {
        return role;
    }

    Function function() {
        return function;
    }

    Queue deadLetters() {
        return deadLetters;
    }

    /** The triggers of ticks: to be created last and deleted first. */
    public List<Construct> triggers() {
        return Stream.concat(Stream.of(schedule), parameterChanges.triggers().stream())
                .toList();
    }

    private Function function(
            Options options,
            Artifacts artifacts,
            Storage storage,
            StackKey key,
            JobResources job,
            Optional<Network> network,
            RetentionDays retention) {
        LogGroup log = LogGroup.Builder.create(this, "Log")
                .encryptionKey(key.key())
                .retention(retention)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Allow.grant(role, LambdaRights.of(storage, job));
        log.grantWrite(role);
        Map<String, String> environment = new HashMap<>(job.environment());
        environment.put(LambdaVariables.STATE_TABLE, storage.stateTable().getTableName());
        environment.put(LambdaVariables.DATABASE_NAME, ResourceNames.DATABASE);
        environment.put(LambdaVariables.JOB_WORKERS, Integer.toString(options.glueWorkers()));
        environment.put(LambdaVariables.JOB_WORKER_TYPE, options.glueWorkerType());
        network.ifPresent(given -> {
            environment.put(LambdaVariables.SECURITY_GROUPS, given.securityGroupsByVpc());
            environment.put(LambdaVariables.SUBNETS, given.subnetsByVpc());
        });
        environment.put("POWERTOOLS_SERVICE_NAME", "redshift-query-logs");
        Function made = Function.Builder.create(this, "Function")
                .description("Starts the export job of each cluster that is due")
                .runtime(Runtime.JAVA_21)
                .architecture(Architecture.ARM_64)
                .handler(HANDLER)
                .code(Code.fromAsset(artifacts.lambdaJar().toString()))
                .memorySize(1024)
                .timeout(TIMEOUT)
                .environment(environment)
                .role(role)
                .logGroup(log)
                .tracing(Tracing.ACTIVE)
                .retryAttempts(0)
                .maxEventAge(EVENT_AGE)
                .onFailure(new SqsDestination(deadLetters))
                .build();
        Acknowledged.rule(made, "L1", "Java 21 is the newest version supported by the build");
        return made;
    }
}
