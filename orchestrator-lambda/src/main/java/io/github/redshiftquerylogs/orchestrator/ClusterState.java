package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one cluster; every part may be missing.
 *
 * @param lastStart the last start by the Lambda
 * @param lastRun the latest summary of the job
 * @param definition {@link JobDefinition#hash} of what was last applied
 */
record ClusterState(
        @Nullable LastStart lastStart,
        @Nullable LastRun lastRun,
        @Nullable String definition) {

    /** Nothing is remembered. */
    static final ClusterState NONE = new ClusterState(null, null, null);

    ClusterState with(LastStart start) {
        return new ClusterState(start, lastRun, definition);
    }

    ClusterState with(LastRun run) {
        return new ClusterState(lastStart, run, definition);
    }

    ClusterState withDefinition(String hash) {
        return new ClusterState(lastStart, lastRun, hash);
    }
}
