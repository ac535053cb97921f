package io.github.redshiftquerylogs.sandbox.demo.tick;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tick for a cluster, and of the run that it started.
 *
 * @param cluster the cluster
 * @param outcome the outcome of the orchestrator
 * @param runId the run; null if none was started
 * @param state the final state of the run in Glue; null if none was started
 * @param detail Glue's error message of a failed run, else the detail of the orchestrator, if there is one
 * @param summary the run's own summary; a missing node if there is none
 */
public record RunReport(
        String cluster,
        String outcome,
        @Nullable String runId,
        @Nullable String state,
        @Nullable String detail,
        JsonNode summary) {

    static JsonNode parse(@Nullable String json) {
        if (json == null) {
            return MissingNode.getInstance();
        }
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the summary of a run is no JSON: " + json, e);
        }
    }

    /** Whether a run was started and succeeded. */
    public boolean succeeded() {
        return "SUCCEEDED".equals(state);
    }

    /** Whether the cluster has no problem; a run may not have been due. */
    public boolean isFine() {
        return switch (Outcome.parse(outcome)) {
            case STARTED -> succeeded();
            case RUNNING, NOT_DUE, AWAITING_CREDENTIALS -> true;
            case MISCONFIGURED, THROTTLED, FAILED -> false;
        };
    }

    public long rows() {
        return sum("rows");
    }

    long windows() {
        return sum("windows");
    }

    private long sum(String field) {
        return StreamSupport.stream(summary.path("tables").spliterator(), false)
                .mapToLong(table -> table.path(field).asLong())
                .sum();
    }
}
