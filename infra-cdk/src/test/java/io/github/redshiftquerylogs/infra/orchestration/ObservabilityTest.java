package io.github.redshiftquerylogs.infra.orchestration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.infra.SynthesizedStack;
import io.github.redshiftquerylogs.infra.cost.MonthlyCost;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsNode
class ObservabilityTest {

    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private final SynthesizedStack stack = SynthesizedStack.standard();

    @Test
    void alarmsReadMetricsWithoutDimensions() {
        assertThat(stack.resources(ALARM).values().stream()
                        .map(alarm -> alarm.path("Properties"))
                        .filter(alarm -> alarm.path("Namespace").asText().equals(MetricNames.NAMESPACE))
                        .peek(alarm -> assertThat(alarm.has("Dimensions")).isFalse())
                        .map(alarm -> alarm.path("MetricName").asText()))
                .containsExactlyInAnyOrder(
                        MetricNames.TICKS,
                        MetricNames.MAX_LATENESS_MINUTES,
                        MetricNames.FAILED_CLUSTERS,
                        MetricNames.CLUSTERS_NOT_MEASURED);
    }

    @Test
    void theCostCountsWhatIsThere() {
        assertThat(stack.resources(ALARM)).hasSize(MonthlyCost.ALARMS);
        // all names but those of the namespace, the dimension, and two metrics of clusters
        assertThat(MetricNames.class.getFields()).hasSize(4 + MonthlyCost.METRICS);
    }

    /** The Lambda publishes its metrics in every tick; SQS publishes none for a queue that is not used. */
    @Test
    void missingDataIsABreachButForTheQueue() {
        Map<String, String> missing = stack.resources(ALARM).values().stream()
                .map(alarm -> alarm.path("Properties"))
                .collect(Collectors.toMap(
                        alarm -> alarm.path("MetricName").asText(),
                        alarm -> alarm.path("TreatMissingData").asText()));

        assertThat(missing.remove("ApproximateNumberOfMessagesVisible")).isEqualTo("notBreaching");
        assertThat(missing.values()).hasSize(4).containsOnly("breaching");
    }

    @Test
    void threeMissedTicksRaiseAnAlarmOneDoesNot() {
        JsonNode alarm = stack.properties(ALARM, "ObservabilityNoTicks");

        assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(1);
        assertThat(alarm.path("Period").asInt()
                        * alarm.path("EvaluationPeriods").asInt())
                .isEqualTo(900);
    }

    @Test
    void theLagAndTheAddressAreOptions() {
        SynthesizedStack other =
                SynthesizedStack.with(Map.of("lagAlarmMinutes", "600", "alarmEmail", "who@example.org"));

        assertThat(other.properties(ALARM, "ObservabilityLag").path("Threshold").asInt())
                .isEqualTo(600);
        assertThat(other.properties("AWS::SNS::Subscription", "")
                        .path("Endpoint")
                        .asText())
                .isEqualTo("who@example.org");
        assertThat(stack.resources("AWS::SNS::Subscription")).isEmpty();
    }

    @Test
    void everyAlarmTellsTheTopicWhichIsEncrypted() {
        assertThat(stack.resources(ALARM).values())
                .allSatisfy(alarm -> assertThat(
                                alarm.at("/Properties/AlarmActions/0/Ref").asText())
                        .startsWith("ObservabilityAlarms"));
        assertThat(stack.properties("AWS::SNS::Topic", "Observability").has("KmsMasterKeyId"))
                .isTrue();
    }

    /** A topic policy, here the one that requires TLS, replaces the default policy. */
    @Test
    void alarmsMayPublishToTheTopicAndUseItsKey() {
        JsonNode policy =
                stack.properties("AWS::SNS::TopicPolicy", "Observability").at("/PolicyDocument/Statement");

        assertThat(policy).anySatisfy(statement -> {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.path("Action").asText()).isEqualTo("sns:Publish");
            assertThat(statement.at("/Principal/Service").asText()).isEqualTo("cloudwatch.amazonaws.com");
            assertThat(statement
                            .at("/Condition/StringEquals/aws:SourceAccount/Ref")
                            .asText())
                    .isEqualTo("AWS::AccountId");
        });
        assertThat(stack.properties("AWS::KMS::Key", "").at("/KeyPolicy/Statement"))
                .anySatisfy(statement ->
                        assertThat(statement.at("/Principal/Service").asText()).isEqualTo("cloudwatch.amazonaws.com"));
    }

    /** Missing data is a breach, so a period without a tick must not be normal. */
    @ParameterizedTest
    @ValueSource(ints = {5, 7, 20, 60})
    void everyPeriodOfAnAlarmHasATick(int scheduleMinutes) {
        SynthesizedStack other = SynthesizedStack.with(Map.of("scheduleMinutes", Integer.toString(scheduleMinutes)));

        assertThat(List.of("ObservabilityLag", "ObservabilityFailedClusters", "ObservabilityNotMeasured"))
                .allSatisfy(alarm -> assertThat(
                                other.properties(ALARM, alarm).path("Period").asInt())
                        .isGreaterThanOrEqualTo(2 * scheduleMinutes * 60));
    }

    /** A deployment of another Region would overwrite a dashboard of the same name. */
    @Test
    void theDashboardHasANameForEachRegion() {
        assertThat(stack.properties("AWS::CloudWatch::Dashboard", "")
                        .path("DashboardName")
                        .toString())
                .isEqualTo("{\"Fn::Join\":[\"\",[\"redshift-query-logs-\",{\"Ref\":\"AWS::Region\"}]]}");
    }

    @Test
    void theDashboardSearchesForClusters() {
        String dashboard = stack.properties("AWS::CloudWatch::Dashboard", "")
                .path("DashboardBody")
                .toString();

        assertThat(dashboard)
                .contains("SEARCH('{RedshiftQueryLogs,ClusterName} MetricName=")
                .contains(
                        MetricNames.ROWS,
                        MetricNames.LAG,
                        MetricNames.TICKS,
                        MetricNames.MAX_LAG_MINUTES,
                        MetricNames.MAX_LATENESS_MINUTES,
                        MetricNames.FAILED_CLUSTERS,
                        MetricNames.CLUSTERS_NOT_MEASURED,
                        MetricNames.PAUSED_CLUSTERS,
                        MetricNames.EXPORTS_REFUSED);
    }
}
