package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param cluster the cluster
 * @param runId Glue's id of the run
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param source the source and the run's upper bound; empty if the cluster could not be asked
 * @param tables what was done, by table
 * @param error why nothing could be read; empty otherwise
 * @param status how it ended
 */
record RunSummary(
        String cluster,
        String runId,
        Instant startedAt,
        Instant finishedAt,
        Optional<SourceInfo> source,
        List<TableSummary> tables,
        Optional<String> error,
        Status status) {

    /** How a run ended. */
    enum Status {
        /** All tables that can be read were read as far as the budget allowed. */
        SUCCEEDED,
        /** The cluster, or at least one table, failed, or no table can be read. */
        FAILED,
        /** The clocks of source and job contradict each other; nothing was read. */
        CLOCK;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A run that is under way.
     *
     * @param cluster the cluster
     * @param runId Glue's id of the run
     * @param startedAt when it started
     */
    record Start(ClusterName cluster, String runId, Instant startedAt) {

        /** The summary of a run that could not read anything. */
        RunSummary nothingRead(Instant finishedAt, Status status, Failure why) {
            return new RunSummary(
                    cluster.value(),
                    runId,
                    startedAt,
                    finishedAt,
                    Optional.empty(),
                    List.of(),
                    Optional.of(why.text()),
                    status);
        }

        /** The summary of a run in which all tables had their turn. */
        RunSummary finished(Instant finishedAt, SourceInfo source, List<TableSummary> tables) {
            boolean failed = tables.stream().anyMatch(table -> table.error().isPresent());
            Optional<String> nothing = tables.stream()
                            .allMatch(table -> table.unavailable().isPresent() && !table.complete())
                    ? tables.stream()
                            .flatMap(table -> table.unavailable().stream())
                            .map(why -> "none of the selected exports can be read; the first one: " + why.reason())
                            .findFirst()
                    : Optional.empty();
            return new RunSummary(
                    cluster.value(),
                    runId,
                    startedAt,
                    finishedAt,
                    Optional.of(source),
                    tables,
                    nothing,
                    failed || nothing.isPresent() ? Status.FAILED : Status.SUCCEEDED);
        }
    }

    /** One line of JSON, as it is logged and stored. Times are ISO-8601 in UTC, durations seconds. */
    String toJson() {
        return SummaryJson.of(this).write();
    }

    /** One line for people: why it failed. */
    String toText() {
        List<String> failed = tables.stream()
                .flatMap(table -> table.error().map(text -> table.table() + ": " + text).stream())
                .toList();
        return error.orElseGet(
                () -> failed.size() + " of " + tables.size() + " tables failed: " + String.join("; ", failed));
    }
}
