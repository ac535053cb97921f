package io.github.redshiftquerylogs.orchestrator.state;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one cluster; every part may be missing.
 *
 * @param lastStart the last start by the Lambda
 * @param lastRun the latest summary of the job
 * @param definition the hash of what was last applied
 * @param seen what was noted of it besides
 */
public record ClusterState(
        @Nullable LastStart lastStart,
        @Nullable LastRun lastRun,
        @Nullable String definition,
        @Nullable Seen seen) {

    /** Nothing is remembered. */
    public static final ClusterState NONE = new ClusterState(null, null, null, null);

    public ClusterState with(LastStart start) {
        return new ClusterState(start, lastRun, definition, seen);
    }

    public ClusterState with(LastRun run) {
        return new ClusterState(lastStart, run, definition, seen);
    }

    public ClusterState with(Seen noted) {
        return new ClusterState(lastStart, lastRun, definition, noted);
    }

    public ClusterState withDefinition(String hash) {
        return new ClusterState(lastStart, lastRun, hash, seen);
    }
}
