package io.github.redshiftquerylogs.orchestrator.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Serialisation of results, by the serializer of AWS Lambda. */
class TickResultJsonTest {

    @Test
    @SuppressWarnings("deprecation") // no other one is what Lambda's runtime uses for a type of ours
    void aResultAsLambdaGivesItBack() throws IOException {
        TickResult result = new TickResult(
                "2026-11-19T10:05:00Z",
                List.of(
                        new ClusterResult("orders", Outcome.STARTED.toString(), "jr_1", null),
                        new ClusterResult("sales", Outcome.NOT_DUE.toString(), null, "due \"later\"\n")));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(TickResult.class).toJson(result, json);

        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(json.toByteArray())).isEqualTo(mapper.readTree("""
            {"tick": "2026-11-19T10:05:00Z",
             "clusters": [
               {"cluster": "orders", "outcome": "started", "runId": "jr_1"},
               {"cluster": "sales", "outcome": "not_due", "detail": "due \\"later\\"\\n"}]}
            """));
    }

    @Test
    void everyOutcomeHasItsWordAndIsFoundByIt() {
        assertThat(Outcome.values())
                .extracting(Outcome::toString)
                .containsExactly(
                        "started",
                        "running",
                        "not_due",
                        "awaiting_credentials",
                        "misconfigured",
                        "throttled",
                        "failed");
        assertThat(Outcome.values()).allMatch(outcome -> Outcome.parse(outcome.toString()) == outcome);
    }
}
