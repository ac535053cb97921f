package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event of an invocation: from EventBridge Scheduler, an EventBridge rule, or {@code Parameter Store Change}; pure. All
 * have {@code time}, ISO-8601 in UTC
 * (https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html).
 */
final class ScheduledEvent {

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
        try {
            return Instant.parse(time.toString());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "event: time = '" + time + "': expected an instant in UTC such as 2026-11-19T10:05:00Z", e);
        }
    }

    /**
     * The cluster whose parameter was changed, by a {@code Parameter Store Change} event
     * (https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html). Empty for
     * other parameters, such as the list of clusters, and for other events.
     */
    static Optional<ClusterName> changedCluster(@Nullable Map<String, Object> event) {
        return event != null
                        && "Parameter Store Change".equals(event.get("detail-type"))
                        && event.get("detail") instanceof Map<?, ?> detail
                        && detail.get("name") instanceof String parameter
                ? ParameterNames.clusterOf(parameter)
                : Optional.empty();
    }
}
