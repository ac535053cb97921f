package io.github.redshiftquerylogs.infra.orchestration;

import io.github.redshiftquerylogs.infra.rights.Acknowledged;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * An early tick for changed parameters. Changes wait in a queue for {@link #WINDOW}, so that those of many clusters, and the
 * connections that the Lambda records itself, are one tick. At most two such ticks run at a time, the smallest number that
 * Lambda accepts. A failed tick is not repeated: its messages expire before they are visible again, and the schedule's next
 * tick does the same work.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 *
 * <p>Events are best effort (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html), so
 * this is in addition to the schedule.
 */
final class ParameterChanges extends Construct {

    /** How long changes are collected. */
    static final Duration WINDOW = Duration.seconds(30);

    /** Changes of hundreds of clusters; a message has about a kilobyte, and a call may have six megabytes. */
    private static final int MOST = 5_000;

    private static final int TICKS_AT_A_TIME = 2;
    /** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html recommends six times the timeout. */
    private static final int TIMEOUTS = 6;

    private final EventSourceMapping mapping;
    private final Rule rule;

    ParameterChanges(Construct scope, String id, Function function, Queue deadLetters) {
        super(scope, id);
        Queue queue = Queue.Builder.create(this, "Queue")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .visibilityTimeout(Duration.seconds(
                        TIMEOUTS * Orchestration.TIMEOUT.toSeconds().intValue()))
                .retentionPeriod(Orchestration.EVENT_AGE)
                .build();
        Acknowledged.rule(queue, "SQS3", "a change that is not handled in time is handled by the next scheduled tick");
        queue.grantConsumeMessages(function);
        mapping = EventSourceMapping.Builder.create(this, "Mapping")
                .target(function)
                .eventSourceArn(queue.getQueueArn())
                .batchSize(MOST)
                .maxBatchingWindow(WINDOW)
                .maxConcurrency(TICKS_AT_A_TIME)
                .build();
        rule = Rule.Builder.create(this, "Rule")
                .description("Early ticks of the Lambda when the list of clusters or a setting of a cluster changes")
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.ssm"))
                        .detailType(List.of("Parameter Store Change"))
                        .detail(Map.of(
                                "name", List.of(Map.of("prefix", ParameterNames.PREFIX)),
                                "operation", List.of("Create", "Update")))
                        .build())
                .targets(List.of(SqsQueue.Builder.create(queue)
                        .retryAttempts(0)
                        .maxEventAge(Orchestration.EVENT_AGE)
                        .deadLetterQueue(deadLetters)
                        .build()))
                .build();
    }

    /** What causes ticks: comes last and goes first. */
    List<Construct> triggers() {
        return List.of(rule, mapping);
    }
}
