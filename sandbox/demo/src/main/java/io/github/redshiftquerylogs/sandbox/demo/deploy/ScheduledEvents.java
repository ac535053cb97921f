package io.github.redshiftquerylogs.sandbox.demo.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Events of a schedule, as EventBridge sends them to a Lambda.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
final class ScheduledEvents {

    private static final String EVENT = """
            {
              "version": "0",
              "id": "%s",
              "detail-type": "Scheduled Event",
              "source": "aws.scheduler",
              "account": "123456789012",
              "time": "%s",
              "region": "eu-central-1",
              "resources": ["arn:aws:scheduler:eu-central-1:123456789012:schedule/default/redshift-query-logs"],
              "detail": {}
            }
            """;

    private ScheduledEvents() {}

    static Map<String, Object> at(Instant time) {
        try {
            return JsonMapper.builder()
                    .build()
                    .readValue(EVENT.formatted(UUID.randomUUID(), time), new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the event is no JSON", e);
        }
    }
}
