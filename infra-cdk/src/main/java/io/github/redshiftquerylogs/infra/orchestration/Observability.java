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
 * the number of clusters. Every tick publishes these metrics, so missing data is a breach: either no tick ended, or it could
 * not say how the clusters are.
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
        Metric late = metric(MetricNames.MAX_LATENESS_MINUTES, "Maximum", period);
        Metric failed = metric(MetricNames.FAILED_CLUSTERS, "Maximum", period);
        Metric notMeasured = metric(MetricNames.CLUSTERS_NOT_MEASURED, "Maximum", period);
        tell(alarm("NoTicks", "No tick completed: the Lambda fails, or is not called", ticks)
                .threshold(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.BREACHING));
        atLeast(
                "Lag",
                "A cluster is " + options.lagAlarmMinutes() + " minutes later than its interval: see its job runs",
                late,
                options.lagAlarmMinutes(),
                2,
                TreatMissingData.BREACHING);
        atLeast(
                "FailedClusters",
                "A cluster fails: the log of the Lambda names the cluster and the reason",
                failed,
                1,
                4,
                TreatMissingData.BREACHING);
        atLeast(
                "NotMeasured",
                "How late a cluster is could not be measured: the log of the Lambda names the cluster",
                notMeasured,
                1,
                4,
                TreatMissingData.BREACHING);
        // SQS publishes nothing for a queue that is not used
        atLeast(
                "DeadLetters",
                "Calls of the Lambda were dropped and are in the dead-letter queue",
                orchestration.deadLetters().metricApproximateNumberOfMessagesVisible(),
                1,
                1,
                TreatMissingData.NOT_BREACHING);
        dashboard(
                ticks,
                metric(MetricNames.MAX_LAG_MINUTES, "Maximum", period),
                late,
                failed,
                notMeasured,
                metric(MetricNames.PAUSED_CLUSTERS, "Maximum", period),
                metric(MetricNames.EXPORTS_REFUSED, "Maximum", period));
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

    private void atLeast(
            String id, String description, IMetric metric, int threshold, int periods, TreatMissingData missing) {
        tell(alarm(id, description, metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(periods)
                .treatMissingData(missing));
    }

    private Alarm.Builder alarm(String id, String description, IMetric metric) {
        return Alarm.Builder.create(this, id).alarmDescription(description).metric(metric);
    }

    private void tell(Alarm.Builder alarm) {
        alarm.build().addAlarmAction(new SnsAction(topic));
    }

    private void dashboard(
            Metric ticks, Metric lag, Metric late, Metric failed, Metric notMeasured, Metric paused, Metric refused) {
        Dashboard.Builder.create(this, "Dashboard")
                // names of dashboards are unique in an account, not in a Region
                .dashboardName("redshift-query-logs-" + Aws.REGION)
                .build()
                .addWidgets(
                        graph("Ticks", ticks),
                        graph("Lag of the slowest cluster, minutes", lag),
                        graph("Lateness: lag beyond a cluster's own interval, minutes", late),
                        graph("Failing clusters", failed),
                        graph("Clusters that could not be measured", notMeasured),
                        graph("Paused clusters", paused),
                        graph("Exports that users may not read", refused),
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
