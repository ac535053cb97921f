package io.github.redshiftquerylogs.sandbox.demo.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.util.Optional;

/** A stage of a job run, as its writes to the state table show. */
public enum Stage {
    /** Tables are read and appended. */
    EXPORT("export"),
    /** Past days are completed and recorded, behind the export. */
    SEALING("sealing");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * A stage has begun, or goes on.
     *
     * @param cluster whose run it is
     * @param stage the stage
     */
    record Sign(String cluster, Stage stage) {

        /** What a call of a run shows; empty if it shows nothing. */
        static Optional<Sign> of(ReceivedCall call) {
            if (!call.operation().equals("UpdateItem")) {
                return Optional.empty();
            }
            JsonNode key;
            try {
                key = JSON.readTree(call.body()).path("Key");
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
            String cluster = text(key, ResourceNames.STATE_PARTITION_KEY);
            String entry = text(key, ResourceNames.STATE_SORT_KEY);
            if (entry.equals(StateEntries.SEAL)) {
                return Optional.of(new Sign(cluster, SEALING));
            }
            return entry.startsWith(StateEntries.TABLE_PREFIX)
                    ? Optional.of(new Sign(cluster, EXPORT))
                    : Optional.empty();
        }

        private static String text(JsonNode key, String attribute) {
            return key.path(attribute).path("S").asText();
        }
    }
}
