package io.github.redshiftquerylogs.orchestrator.state;

import org.jspecify.annotations.Nullable;

/**
 * What the state table has about a cluster; each part may be missing.
 *
 * @param lastStart the last start by the Lambda
 * @param lastRun the latest run summary of the job
 * @param definition hash of the job definition that was applied last
 * @param notes notes for monitoring
 */
public record ClusterHistory(
        @Nullable LastStart lastStart,
        @Nullable LastRun lastRun,
        @Nullable String definition,
        @Nullable TickNotes notes) {

    /** The history of a new cluster. */
    public static final ClusterHistory NONE = new ClusterHistory(null, null, null, null);

    /** The same history with another last start. */
    public ClusterHistory with(LastStart start) {
        return new ClusterHistory(start, lastRun, definition, notes);
    }

    /** The same history with another last run. */
    public ClusterHistory with(LastRun run) {
        return new ClusterHistory(lastStart, run, definition, notes);
    }

    /** The same history with other notes. */
    public ClusterHistory with(TickNotes others) {
        return new ClusterHistory(lastStart, lastRun, definition, others);
    }

    /** The same history with another applied definition. */
    public ClusterHistory withDefinition(String hash) {
        return new ClusterHistory(lastStart, lastRun, hash, notes);
    }
}
