package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.call.Tick;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.job.JobDefinition;
import io.github.redshiftquerylogs.orchestrator.monitor.ClusterMonitor;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.PlausibleHistory;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.Problem;
import io.github.redshiftquerylogs.settings.Settings;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a tick: from the settings to a result for every enabled cluster. */
final class Orchestrator {

    private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

    private final SettingsReader settingsReader;
    private final StateTable state;
    private final ClusterStarter starter;
    private final ClusterMonitor monitor;
    private final Environment environment;

    Orchestrator(
            SettingsReader settingsReader,
            StateTable state,
            ClusterStarter starter,
            ClusterMonitor monitor,
            Environment environment) {
        this.settingsReader = settingsReader;
        this.state = state;
        this.starter = starter;
        this.monitor = monitor;
        this.environment = environment;
    }

    /**
     * Starts the clusters that are due.
     *
     * @param changed the clusters whose parameters were just changed: if their runs fail, they are started without a delay
     * @throws io.github.redshiftquerylogs.settings.InvalidSettingsException if the global settings are invalid
     * @throws software.amazon.awssdk.core.exception.SdkException if Parameter Store or the state table cannot be read
     */
    TickResult run(Tick tick, Set<ClusterName> changed) throws InterruptedException {
        Settings settings = settingsReader.readAll();
        Map<ClusterName, ClusterHistory> histories = readHistories(settings, tick);
        List<ClusterResult> results = new ArrayList<>(misconfigured(settings));
        List<DueCluster> due = new ArrayList<>();
        for (ClusterSettings cluster : settings.clusters()) {
            Candidate candidate = Candidate.of(
                    cluster,
                    JobDefinition.of(cluster, settings.global(), environment),
                    histories.getOrDefault(cluster.name(), ClusterHistory.NONE));
            Optional<ClusterResult> waiting = candidate.waiting(tick.time(), changed.contains(cluster.name()));
            waiting.ifPresentOrElse(results::add, () -> due.add(candidate.due(tick.time())));
        }
        // the longest waiting first, so that a tick that runs out of time does not always skip the same clusters
        due.sort(Comparator.comparing(
                cluster -> Candidate.lastTick(histories.getOrDefault(cluster.name(), ClusterHistory.NONE))));
        results.addAll(
                StartPool.startAll(due, cluster -> starter.start(cluster, settings.global(), tick), tick.deadline()));
        settings.warnings().forEach((cluster, warning) -> LOG.warn("{}: {}", cluster, warning));
        results.replaceAll(result -> Optional.ofNullable(settings.warnings().get(result.cluster()))
                .map(result::after)
                .orElse(result));
        results.sort(Comparator.comparing(ClusterResult::cluster));
        monitor.observe(settings, histories, results, tick);
        return new TickResult(tick.time().toString(), List.copyOf(results));
    }

    private Map<ClusterName, ClusterHistory> readHistories(Settings settings, Tick tick) {
        Map<ClusterName, ClusterHistory> histories = new HashMap<>();
        state.read(names(settings)).forEach((cluster, stored) -> {
            PlausibleHistory plausible = PlausibleHistory.of(stored, tick.time());
            plausible.problems().forEach(problem -> LOG.warn("{}: {}", cluster, problem));
            histories.put(cluster, plausible.history());
        });
        return histories;
    }

    /** All clusters with a valid name, also those with invalid settings: their lag matters even more. */
    private static List<ClusterName> names(Settings settings) {
        return Stream.concat(
                        settings.clusters().stream().map(ClusterSettings::name),
                        settings.misconfigured().keySet().stream().flatMap(name -> ClusterName.of(name).stream()))
                .toList();
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
}
