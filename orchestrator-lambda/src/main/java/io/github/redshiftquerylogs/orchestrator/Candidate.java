package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.job.JobDefinition;
import io.github.redshiftquerylogs.orchestrator.job.SyncMode;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.schedule.FailureBackoff;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster with valid settings, which is due or waits; pure.
 *
 * @param settings its settings
 * @param definition the current definition of its job
 * @param hash {@link JobDefinition#hash} of the definition
 * @param history its state before the tick
 * @param failures number of consecutive failed runs, {@link FailureBackoff#failures}
 */
record Candidate(
        ClusterSettings settings, JobDefinition definition, String hash, ClusterHistory history, int failures) {

    static Candidate of(ClusterSettings settings, JobDefinition definition, ClusterHistory history) {
        String hash = definition.hash();
        return new Candidate(settings, definition, hash, history, FailureBackoff.failures(history, hash));
    }

    /**
     * The result of a cluster that is not to be started; empty if it is due.
     *
     * @param changed whether one of its parameters was just changed, which ends the delay after failed runs
     */
    Optional<ClusterResult> waiting(Instant time, boolean changed) {
        if (settings.awaitsCredentials()) {
            return Optional.of(ClusterResult.of(
                    settings.name(),
                    Outcome.AWAITING_CREDENTIALS,
                    "its user is still the placeholder '" + ClusterSettings.PLACEHOLDER_USER + "'"));
        }
        LastStart start = history.lastStart();
        if (start == null || (changed && isFailing())) {
            return Optional.empty();
        }
        Instant regular = Schedule.nextDue(settings.name(), settings.interval(), start.tick());
        Instant nextDue = FailureBackoff.nextDue(settings.name(), settings.interval(), start.tick(), failures);
        if (!time.isBefore(nextDue)) {
            return Optional.empty();
        }
        String when = "last started by the tick of " + start.tick() + ", due again from " + nextDue;
        return Optional.of(ClusterResult.of(
                settings.name(),
                Outcome.NOT_DUE,
                nextDue.isAfter(regular)
                        ? when + " because " + failures + " runs in a row have failed or left no summary"
                        : when));
    }

    /** The cluster for its start. */
    DueCluster due(Instant time) {
        LastRun lastRun = history.lastRun();
        return new DueCluster(
                settings.name(),
                definition,
                SyncMode.of(settings.name(), history, hash, failures, time),
                failures,
                lastRun == null ? null : lastRun.runId(),
                settings.connection() instanceof ClusterConnection.Lookup);
    }

    /** The tick of the last start; the earliest possible time if there was none. */
    static Instant lastTick(ClusterHistory history) {
        LastStart lastStart = history.lastStart();
        return lastStart == null ? Instant.MIN : lastStart.tick();
    }

    /** With the definition that was applied last, whatever the current one is: the changed parameter may be part of it. */
    private boolean isFailing() {
        return FailureBackoff.failures(history, Objects.requireNonNullElse(history.definition(), "")) > 0;
    }
}
