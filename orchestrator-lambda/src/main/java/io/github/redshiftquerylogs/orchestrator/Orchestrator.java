package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.job.JobCare;
import io.github.redshiftquerylogs.orchestrator.job.JobDefinition;
import io.github.redshiftquerylogs.orchestrator.monitor.ClusterWatch;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.schedule.FailureBackoff;
import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.ClusterState;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.Problem;
import io.github.redshiftquerylogs.settings.Settings;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One tick: from the settings to a result for every enabled cluster. */
final class Orchestrator {

    private final SettingsReader settingsReader;
    private final StateTable state;
    private final ClusterStarter starter;
    private final ClusterWatch watch;
    private final Environment environment;

    Orchestrator(
            SettingsReader settingsReader,
            StateTable state,
            ClusterStarter starter,
            ClusterWatch watch,
            Environment environment) {
        this.settingsReader = settingsReader;
        this.state = state;
        this.starter = starter;
        this.watch = watch;
        this.environment = environment;
    }

    /**
     * Starts what is due.
     *
     * @param changed the cluster that somebody has just changed a parameter of, which may be what its runs failed for: it
     *     does not wait for having failed
     * @throws io.github.redshiftquerylogs.settings.InvalidSettingsException if the global settings cannot be used
     * @throws software.amazon.awssdk.core.exception.SdkException if Parameter Store or the state table cannot be read
     */
    TickResult tick(Instant tick, Optional<ClusterName> changed, Deadline deadline) throws InterruptedException {
        Settings settings = settingsReader.readAll();
        Map<ClusterName, ClusterState> states = state.read(names(settings));
        List<ClusterResult> results = new ArrayList<>(misconfigured(settings));
        List<DueCluster> due = new ArrayList<>();
        for (ClusterSettings cluster : settings.clusters()) {
            JobDefinition definition = JobDefinition.of(cluster, settings.global(), environment);
            ClusterState remembered = states.getOrDefault(cluster.name(), ClusterState.NONE);
            String hash = definition.hash();
            int failures = FailureBackoff.failures(remembered, hash);
            boolean mended = changed.equals(Optional.of(cluster.name())) && isFailing(remembered);
            @Nullable ClusterResult waits = waits(cluster, mended ? null : remembered.lastStart(), failures, tick);
            if (waits == null) {
                due.add(due(cluster, definition, hash, remembered, failures, tick));
            } else {
                results.add(waits);
            }
        }
        // whoever waits longest comes first, so that a tick that runs out of time does not always leave out the same
        due.sort(Comparator.comparing(cluster -> lastTick(states.getOrDefault(cluster.name(), ClusterState.NONE))));
        results.addAll(StartPool.startAll(
                due, cluster -> starter.start(cluster, settings.global(), tick, deadline), deadline));
        results.sort(Comparator.comparing(ClusterResult::cluster));
        watch.after(settings, states, results, tick, deadline);
        return new TickResult(tick.toString(), List.copyOf(results));
    }

    /** All that have a legal name: how far one is behind matters all the more when its settings cannot be used. */
    private static List<ClusterName> names(Settings settings) {
        return Stream.concat(
                        settings.clusters().stream().map(ClusterSettings::name),
                        settings.misconfigured().keySet().stream().flatMap(name -> ClusterName.of(name).stream()))
                .toList();
    }

    private static DueCluster due(
            ClusterSettings cluster,
            JobDefinition definition,
            String hash,
            ClusterState remembered,
            int failures,
            Instant tick) {
        LastRun lastRun = remembered.lastRun();
        return new DueCluster(
                cluster.name(),
                definition,
                JobCare.of(cluster.name(), remembered, hash, failures, tick),
                failures,
                lastRun == null ? null : lastRun.runId(),
                cluster.connection() instanceof ClusterConnection.Lookup);
    }

    private static List<ClusterResult> misconfigured(Settings settings) {
        return settings.misconfigured().entrySet().stream()
                .map(entry -> new ClusterResult(
                        entry.getKey(),
                        Outcome.MISCONFIGURED.toString(),
                        null,
                        entry.getValue().stream().map(Problem::toString).collect(Collectors.joining("; "))))
                .toList();
    }

    private static @Nullable ClusterResult waits(
            ClusterSettings cluster, @Nullable LastStart lastStart, int failures, Instant tick) {
        if (cluster.awaitsCredentials()) {
            return ClusterResult.of(
                    cluster.name(),
                    Outcome.AWAITING_CREDENTIALS,
                    "its user is still the placeholder '" + ClusterSettings.PLACEHOLDER_USER + "'");
        }
        if (lastStart == null) {
            return null;
        }
        Instant regular = Schedule.nextDue(cluster.name(), cluster.interval(), lastStart.tick());
        Instant nextDue = FailureBackoff.nextDue(cluster.name(), cluster.interval(), lastStart.tick(), failures);
        if (!tick.isBefore(nextDue)) {
            return null;
        }
        String when = "last started by the tick of " + lastStart.tick() + ", due again from " + nextDue;
        return ClusterResult.of(
                cluster.name(),
                Outcome.NOT_DUE,
                nextDue.isAfter(regular)
                        ? when + " because " + failures + " runs in a row have failed or left no summary"
                        : when);
    }

    /** Also when its definition is another one by now: that may be what was mended. */
    private static boolean isFailing(ClusterState remembered) {
        String applied = Objects.requireNonNullElse(remembered.definition(), "");
        return FailureBackoff.failures(remembered, applied) > 0;
    }

    private static Instant lastTick(ClusterState remembered) {
        LastStart lastStart = remembered.lastStart();
        return lastStart == null ? Instant.MIN : lastStart.tick();
    }
}
