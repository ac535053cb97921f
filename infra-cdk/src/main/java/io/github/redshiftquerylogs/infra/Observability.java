package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.infra.options.Options;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Alarms, their topic, and a dashboard. Alarms read metrics without dimensions, so there are as many for forty clusters
 * as for one. Only {@code Ticks} takes silence for a breach: if no tick comes, the others have nothing to say.
 */
final class Observability extends Construct {

    private final Topic topic;

    Observability(Construct scope, String id, Options options, StackKey key, Orchestration orchestration) {
        super(scope, id);
        topic = Topic.Builder.create(this, "Alarms")
                .displayName("redshift-query-logs")
                .masterKey(key.key())
                .enforceSsl(true)
                .build();
        letAlarmsTell();
        options.alarmEmail().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));

        Metric ticks = metric(MetricNames.TICKS, "Sum", Duration.minutes(options.scheduleMinutes()));
        // two ticks at least: a period without one is no breach, and so would end each row of breaches
        Duration period = Duration.minutes(Math.max(15, 2 * options.scheduleMinutes()));
        Metric lag = metric(MetricNames.MAX_LAG_MINUTES, "Maximum", period);
        Metric failed = metric(MetricNames.FAILED_CLUSTERS, "Maximum", period);
        alarm("NoTicks", "No tick came to its end: the Lambda fails, or is not called", ticks, 1, 3, true);
        alarm(
                "Lag",
                "A cluster is " + options.lagAlarmMinutes() + " minutes behind: see its runs",
                lag,
                options.lagAlarmMinutes(),
                2,
                false);
        alarm("FailedClusters", "A cluster fails: the Lambda's log says which and why", failed, 1, 4, false);
        alarm(
                "DeadLetters",
                "Calls of the Lambda were dropped: the dead-letter queue has them",
                orchestration.deadLetters().metricApproximateNumberOfMessagesVisible(),
                1,
                1,
                false);
        dashboard(ticks, lag, failed);
    }

    /**
     * The TLS rule is a policy of its own, and the policy that a topic has by default, which lets the account's alarms
     * publish, does not count beside it.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
     */
    private void letAlarmsTell() {
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
    }

    private void alarm(String id, String description, IMetric metric, int threshold, int periods, boolean silence) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(
                        silence
                                ? ComparisonOperator.LESS_THAN_THRESHOLD
                                : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(periods)
                .treatMissingData(silence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic));
    }

    private void dashboard(Metric ticks, Metric lag, Metric failed) {
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName("redshift-query-logs")
                .build()
                .addWidgets(
                        graph("Ticks", ticks),
                        graph("Lag of the slowest cluster, minutes", lag),
                        graph("Clusters that fail", failed),
                        // searched for, so that new clusters appear by themselves; alarms could not do that
                        graph("Lag by cluster, minutes", search(MetricNames.LAG, "Maximum")),
                        graph("Rows by cluster", search(MetricNames.ROWS, "Sum")));
    }

    private static GraphWidget graph(String title, IMetric metric) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(List.of(metric))
                .width(12)
                .build();
    }

    private static MathExpression search(String metric, String statistic) {
        return MathExpression.Builder.create()
                .expression("SEARCH('{" + MetricNames.NAMESPACE + "," + MetricNames.CLUSTER + "} MetricName=\"" + metric
                        + "\"', '" + statistic + "', 300)")
                .label("")
                .period(Duration.minutes(5))
                .build();
    }

    private static Metric metric(String name, String statistic, Duration period) {
        return Metric.Builder.create()
                .namespace(MetricNames.NAMESPACE)
                .metricName(name)
                .statistic(statistic)
                .period(period)
                .build();
    }
}
