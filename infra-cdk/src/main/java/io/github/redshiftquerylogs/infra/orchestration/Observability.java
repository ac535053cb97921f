package io.github.redshiftquerylogs.infra.orchestration;

import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.infra.foundation.StackKey;
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
 * Alarms, their topic, and a dashboard. The alarms use metrics without dimensions, so their number does not depend on
 * the number of clusters. Missing data is a breach only for {@code Ticks}: without ticks, the other metrics have no
 * data.
 */
public final class Observability extends Construct {

    private final Topic topic;

    /** Creates the alarms, their topic and the dashboard. */
    public Observability(Construct scope, String id, Options options, StackKey key, Orchestration orchestration) {
        super(scope, id);
        topic = Topic.Builder.create(this, "Alarms")
                .displayName("redshift-query-logs")
                .masterKey(key.key())
                .enforceSsl(true)
                .build();
        allowAlarms();
        options.alarmEmail().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));

        Metric ticks = metric(MetricNames.TICKS, "Sum", Duration.minutes(options.scheduleMinutes()));
        // at least two ticks: a period without a tick is not a breach and would end a sequence of breaches
        Duration period = Duration.minutes(Math.max(15, 2 * options.scheduleMinutes()));
        Metric lag = metric(MetricNames.MAX_LAG_MINUTES, "Maximum", period);
        Metric failed = metric(MetricNames.FAILED_CLUSTERS, "Maximum", period);
        alarm("NoTicks", "No tick completed: the Lambda fails, or is not called", ticks, 1, 3, true);
        alarm(
                "Lag",
                "A cluster is " + options.lagAlarmMinutes() + " minutes behind: see its job runs",
                lag,
                options.lagAlarmMinutes(),
                2,
                false);
        alarm(
                "FailedClusters",
                "A cluster fails: the log of the Lambda names the cluster and the reason",
                failed,
                1,
                4,
                false);
        alarm(
                "DeadLetters",
                "Calls of the Lambda were dropped and are in the dead-letter queue",
                orchestration.deadLetters().metricApproximateNumberOfMessagesVisible(),
                1,
                1,
                false);
        dashboard(ticks, lag, failed);
    }

    /**
     * The rule that requires TLS is a topic policy, which replaces the default policy that allows the account's alarms
     * to publish. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
     */
    private void allowAlarms() {
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsOfThisAccount")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
                .build());
    }

    private void alarm(
            String id, String description, IMetric metric, int threshold, int periods, boolean missingIsBreach) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(
                        missingIsBreach
                                ? ComparisonOperator.LESS_THAN_THRESHOLD
                                : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(periods)
                .treatMissingData(missingIsBreach ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic));
    }

    private void dashboard(Metric ticks, Metric lag, Metric failed) {
        Dashboard.Builder.create(this, "Dashboard")
                // names of dashboards are unique in an account, not in a Region
                .dashboardName("redshift-query-logs-" + Aws.REGION)
                .build()
                .addWidgets(
                        graph("Ticks", ticks),
                        graph("Lag of the slowest cluster, minutes", lag),
                        graph("Failing clusters", failed),
                        // a search includes new clusters; alarms cannot use searches
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
