package io.github.redshiftquerylogs.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.settings.ParameterText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The event of an invocation: from EventBridge Scheduler, an EventBridge rule, or a batch of SQS with {@code Parameter Store
 * Change} events; pure. All but a batch, which is a tick of now, have {@code time}, ISO-8601 in UTC
 * (https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html).
 */
final class ScheduledEvent {

    /**
     * Greatest distance to the clock. A tick of the future would record starts that keep later ticks from starting
     * anything; one of the past would start everything again.
     */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScheduledEvent() {}

    /**
     * The time of the tick: the event's, so that a late or repeated invocation decides the same; the clock's if the event has
     * none.
     *
     * @throws IllegalArgumentException if the event's time is no instant
     */
    static Instant time(@Nullable Map<String, Object> event, Clock clock) {
        Object time = event == null ? null : event.get("time");
        if (time == null) {
            return clock.instant();
        }
        String shown = "event: time = '" + ParameterText.visible(time.toString()) + "'";
        Instant parsed;
        try {
            parsed = Instant.parse(time.toString());
        } catch (DateTimeException e) {
            // without the cause, whose text repeats the value as it is
            throw new IllegalArgumentException(shown + ": expected an instant in UTC such as 2026-11-19T10:05:00Z");
        }
        Instant now = clock.instant();
        if (parsed.isBefore(now.minus(TOLERANCE)) || parsed.isAfter(now.plus(TOLERANCE))) {
            throw new IllegalArgumentException(shown + ": expected a time within " + TOLERANCE.toMinutes()
                    + " minutes of the Lambda's clock, " + now + ", or no time, which means now");
        }
        return parsed;
    }

    /**
     * The clusters whose parameters were changed, by {@code Parameter Store Change} events
     * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html): the event itself, or those
     * in the records of a batch of SQS (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html). Other parameters, such
     * as the list of clusters, other events, and records that are not readable add none.
     */
    static NavigableSet<ClusterName> changedClusters(@Nullable Map<String, Object> event) {
        NavigableSet<ClusterName> changed = new TreeSet<>();
        if (event != null && event.get("Records") instanceof List<?> records) {
            records.forEach(record -> {
                if (record instanceof Map<?, ?> message && message.get("body") instanceof String body) {
                    parse(body).flatMap(ScheduledEvent::changedCluster).ifPresent(changed::add);
                }
            });
        } else if (event != null) {
            changedCluster(event).ifPresent(changed::add);
        }
        return changed;
    }

    private static Optional<ClusterName> changedCluster(Map<?, ?> event) {
        return "Parameter Store Change".equals(event.get("detail-type"))
                        && event.get("detail") instanceof Map<?, ?> detail
                        && detail.get("name") instanceof String parameter
                ? ParameterNames.clusterOf(parameter)
                : Optional.empty();
    }

    private static Optional<Map<?, ?>> parse(String body) {
        try {
            return Optional.ofNullable(JSON.readValue(body, Map.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
