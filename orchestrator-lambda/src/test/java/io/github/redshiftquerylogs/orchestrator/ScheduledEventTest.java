package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduledEventTest {

    private static final Instant NOW = Instant.parse("2026-11-19T10:06:31.5Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void theTimeOfTheEventIsTheTimeOfTheTick() {
        assertThat(ScheduledEvent.time(Map.of("time", "2026-11-19T10:05:00Z"), CLOCK))
                .isEqualTo(Instant.parse("2026-11-19T10:05:00Z"));
    }

    @Test
    void withoutATimeTheClockSaysIt() {
        assertThat(ScheduledEvent.time(Map.of("source", "aws.scheduler"), CLOCK))
                .isEqualTo(NOW);
        assertThat(ScheduledEvent.time(null, CLOCK)).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-19", "2026-11-19T10:05:00", "1763546700", "2026-02-30T00:00:00Z"})
    void aTimeThatIsNoInstantIsRefusedWithWhatIsExpected(String time) {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", time), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event: time = '" + time + "': expected an instant in UTC such as 2026-11-19T10:05:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-19T09:06:31.5Z",
                "2026-11-19T11:06:31.5Z",
                "2026-11-19T10:06:31Z",
                "2026-11-19T10:59:59Z"
            })
    void aTimeWithinAnHourOfTheClockIsAccepted(String time) {
        assertThat(ScheduledEvent.time(Map.of("time", time), CLOCK)).isEqualTo(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-19T09:06:31.4Z",
                "2026-11-19T11:06:31.6Z",
                "2026-11-18T10:05:00Z",
                "1970-01-01T00:00:00Z",
                "2027-11-19T10:05:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z"
            })
    void aTimeThatIsFartherFromTheClockIsRefused(String time) {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", time), CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event: time = '" + time + "': expected a time within 60 minutes of the Lambda's clock,"
                        + " 2026-11-19T10:06:31.500Z, or no time, which means now");
    }

    @Test
    void theTestEventOfTheConsoleIsATickOfNow() {
        Map<String, Object> event = Map.of("key1", "value1", "key2", "value2", "key3", "value3");
        assertThat(ScheduledEvent.time(event, CLOCK)).isEqualTo(NOW);
        assertThat(ScheduledEvent.changedClusters(event)).isEmpty();
    }

    @Test
    void aRefusedTimeIsOnOneLineAndHasNoCause() {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", "a\r\nb\u2028"), CLOCK))
                .hasMessageStartingWith("event: time = 'a<U+000D><U+000A>b<U+2028>': expected ")
                .hasNoCause();
    }

    @Test
    void aTimeThatIsNoTextIsRefusedToo() {
        assertThatThrownBy(() -> ScheduledEvent.time(Map.of("time", 17.5), CLOCK))
                .hasMessageStartingWith("event: time = '17.5'");
    }

    private static Map<String, Object> change(String parameter) {
        return Map.of(
                "detail-type",
                "Parameter Store Change",
                "source",
                "aws.ssm",
                "detail",
                Map.of("operation", "Update", "name", parameter, "type", "SecureString"));
    }

    @Test
    void aChangeOfAClustersOwnParameterNamesTheCluster() {
        assertThat(ScheduledEvent.changedClusters(change("redshift_query_logs.finance-reports.password")))
                .containsExactly(new ClusterName("finance-reports"));
    }

    @Test
    void aBatchOfChangesNamesEachClusterOnceAndIsATickOfNow() {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String parameter : List.of(
                "redshift_query_logs.orders.user",
                "redshift_query_logs.sales.connection",
                "redshift_query_logs.global.enabled_cluster_list",
                "redshift_query_logs.orders.password")) {
            records.add(Map.of(
                    "messageId",
                    "1",
                    "eventSource",
                    "aws:sqs",
                    "body",
                    "{\"time\": \"2026-11-19T10:05:00Z\", \"detail-type\": \"Parameter Store Change\","
                            + " \"source\": \"aws.ssm\", \"detail\": {\"operation\": \"Update\", \"name\": \""
                            + parameter + "\"}}"));
        }
        records.add(Map.of("body", "no JSON"));
        records.add(Map.of("body", "null"));
        records.add(Map.of("body", "[]"));
        records.add(Map.of("messageId", "2"));
        Map<String, Object> batch = Map.of("Records", records);

        assertThat(ScheduledEvent.changedClusters(batch))
                .containsExactly(new ClusterName("orders"), new ClusterName("sales"));
        assertThat(ScheduledEvent.time(batch, CLOCK)).isEqualTo(NOW);
        assertThat(ScheduledEvent.changedClusters(Map.of("Records", "none"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redshift_query_logs.global.enabled_cluster_list",
                "redshift_query_logs.global.role",
                "redshift_query_logs.password",
                "redshift_query_logs..password",
                "redshift_query_logs.a.b.password",
                "another.orders.password",
                ""
            })
    void aChangeOfAnyOtherParameterNamesNone(String parameter) {
        assertThat(ScheduledEvent.changedClusters(change(parameter))).isEmpty();
    }

    @Test
    void otherEventsNameNone() {
        assertThat(ScheduledEvent.changedClusters(null)).isEmpty();
        assertThat(ScheduledEvent.changedClusters(Map.of("time", "2026-11-19T10:05:00Z")))
                .isEmpty();
        assertThat(ScheduledEvent.changedClusters(Map.of("detail-type", "Parameter Store Change", "detail", "none")))
                .isEmpty();
        assertThat(ScheduledEvent.changedClusters(Map.of(
                        "detail-type", "Scheduled Event", "detail", Map.of("name", "redshift_query_logs.a.user"))))
                .isEmpty();
    }
}
