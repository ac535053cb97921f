package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one cluster; every part may be missing.
 *
 * @param lastStart the last start by the Lambda
 * @param lastRun the latest summary of the job
 * @param definition {@link JobDefinition#hash} of what was last applied
 * @param seen what was noted of it besides
 */
record ClusterState(
        @Nullable LastStart lastStart,
        @Nullable LastRun lastRun,
        @Nullable String definition,
        @Nullable Seen seen) {

    /** Nothing is remembered. */
    static final ClusterState NONE = new ClusterState(null, null, null, null);

    ClusterState with(LastStart start) {
        return new ClusterState(start, lastRun, definition, seen);
    }

    ClusterState with(LastRun run) {
        return new ClusterState(lastStart, run, definition, seen);
    }

    ClusterState with(Seen noted) {
        return new ClusterState(lastStart, lastRun, definition, noted);
    }

    ClusterState withDefinition(String hash) {
        return new ClusterState(lastStart, lastRun, hash, seen);
    }
}
