package io.github.redshiftquerylogs.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param cluster the cluster
 * @param runId Glue's id of the run
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param source who was read, and up to when; empty if the cluster could not be asked
 * @param tables what was done, by table
 * @param error why nothing was read; empty otherwise
 * @param status how it ended
 */
record RunSummary(
        String cluster,
        String runId,
        Instant startedAt,
        Instant finishedAt,
        Optional<Source> source,
        List<TableSummary> tables,
        Optional<String> error,
        Status status) {

    private static final ObjectMapper JSON = new JsonMapper();

    /** How a run ended. */
    enum Status {
        /** All tables were read as far as the budget went. */
        SUCCEEDED,
        /** The cluster, or at least one table, failed. */
        FAILED,
        /** A clock cannot be trusted; nothing was read. */
        CLOCK;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The source of a run.
     *
     * @param identity what tells it from another cluster of its name
     * @param clock what its clock showed, UTC
     * @param to the run's upper bound
     * @param notes what a user should know besides
     */
    record Source(String identity, LocalDateTime clock, LocalDateTime to, List<String> notes) {}

    /** Of a run that could not read anything. */
    static RunSummary nothingRead(
            ClusterName cluster, String runId, Instant startedAt, Instant finishedAt, Status status, Throwable why) {
        return new RunSummary(
                cluster.value(),
                runId,
                startedAt,
                finishedAt,
                Optional.empty(),
                List.of(),
                Optional.of(ErrorText.of(why)),
                status);
    }

    /** As one line of JSON, as it is logged and stored. Times are ISO-8601 in UTC, durations seconds. */
    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("cluster", cluster);
        json.put("run_id", runId);
        json.put("status", status.text());
        json.put("started_at", startedAt.toString());
        json.put("finished_at", finishedAt.toString());
        source.ifPresent(read -> {
            json.put("source_identity", read.identity());
            json.put("source_clock", read.clock().toString());
            json.put("to", read.to().toString());
            if (!read.notes().isEmpty()) {
                json.put("notes", read.notes());
            }
        });
        error.ifPresent(text -> json.put("error", text));
        json.put("tables", tables.stream().map(RunSummary::toMap).toList());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary of texts and numbers cannot be written", e);
        }
    }

    private static Map<String, Object> toMap(TableSummary table) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", table.table());
        table.origin().ifPresent(origin -> json.put("origin", origin));
        table.from().ifPresent(from -> json.put("from", from.toString()));
        table.readUpTo().ifPresent(readUpTo -> json.put("read_up_to", readUpTo.toString()));
        json.put("windows", table.windows());
        json.put("unloaded", table.unloaded());
        json.put("rows", table.rows());
        json.put("attempts", table.attempts());
        json.put("seconds", table.time().toMillis() / 1000.0);
        json.put("complete", table.complete());
        if (!table.notes().isEmpty()) {
            json.put("notes", table.notes());
        }
        table.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    /** One line for people. */
    String toText() {
        List<String> failed = tables.stream()
                .flatMap(table -> table.error().map(text -> table.table() + ": " + text).stream())
                .toList();
        return error.orElseGet(
                () -> failed.size() + " of " + tables.size() + " tables failed: " + String.join("; ", failed));
    }
}
