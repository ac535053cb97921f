package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.orchestrator.monitor.MonitorTable;
import io.github.redshiftquerylogs.orchestrator.monitor.SelectedExports;
import io.github.redshiftquerylogs.orchestrator.monitor.Watermarks;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The state table in memory; tested by the same contracts as the DynamoDB table, {@link StateTableContract}
 * and {@code MonitorTableContract}.
 */
public final class InMemoryStateTable implements StateTable, MonitorTable {

    public final Map<ClusterName, LastStart> starts = new ConcurrentHashMap<>();
    public final Map<ClusterName, LastRun> runs = new ConcurrentHashMap<>();
    public final Map<ClusterName, String> definitions = new ConcurrentHashMap<>();
    public final Map<ClusterName, TickNotes> notes = new ConcurrentHashMap<>();
    public final Map<ClusterName, ProvisionedCluster> descriptions = new ConcurrentHashMap<>();
    public final Map<ClusterName, SelectedExports> exports = new ConcurrentHashMap<>();
    final Map<ClusterName, Map<String, LocalDateTime>> readUpTo = new ConcurrentHashMap<>();
    public final Map<ClusterName, Long> rows = new ConcurrentHashMap<>();
    public final Map<ClusterName, Set<String>> begun = new ConcurrentHashMap<>();
    public final Map<ClusterName, Set<String>> unreadable = new ConcurrentHashMap<>();
    public volatile @Nullable RuntimeException failingWrites;
    public volatile @Nullable RuntimeException failingMonitor;

    @Override
    public Map<ClusterName, ClusterHistory> read(Collection<ClusterName> clusters) {
        Map<ClusterName, ClusterHistory> found = new HashMap<>();
        clusters.forEach(cluster -> found.put(
                cluster,
                new ClusterHistory(
                        starts.get(cluster), runs.get(cluster), definitions.get(cluster), notes.get(cluster))));
        return found;
    }

    @Override
    public void recordStart(ClusterName cluster, LastStart start) {
        failIfAsked(failingWrites);
        starts.put(cluster, start);
    }

    @Override
    public void recordDefinition(ClusterName cluster, String hash) {
        failIfAsked(failingWrites);
        definitions.put(cluster, hash);
    }

    @Override
    public void recordFirstTick(ClusterName cluster, Instant tick) {
        failIfAsked(failingMonitor);
        notes.putIfAbsent(cluster, new TickNotes(tick, null, null));
    }

    @Override
    public void replaceFirstTick(ClusterName cluster, Instant tick) {
        failIfAsked(failingMonitor);
        notes.computeIfPresent(
                cluster, (name, before) -> new TickNotes(tick, before.lastInventory(), before.countedRun()));
    }

    @Override
    public void recordInventory(ClusterName cluster, Instant tick, Optional<ProvisionedCluster> found) {
        failIfAsked(failingMonitor);
        found.ifPresent(description -> descriptions.put(cluster, description));
        recordFirstTick(cluster, tick);
        notes.computeIfPresent(cluster, (name, before) -> new TickNotes(before.firstTick(), tick, before.countedRun()));
    }

    @Override
    public Watermarks watermarks(ClusterName cluster) {
        failIfAsked(failingMonitor);
        return new Watermarks(
                readUpTo.getOrDefault(cluster, Map.of()),
                begun.getOrDefault(cluster, Set.of()),
                unreadable.getOrDefault(cluster, Set.of()),
                Optional.ofNullable(exports.get(cluster)));
    }

    @Override
    public OptionalLong rows(ClusterName cluster, String runId) {
        LastRun run = runs.get(cluster);
        Long appended = rows.get(cluster);
        return run != null && run.runId().equals(runId) && appended != null
                ? OptionalLong.of(appended)
                : OptionalLong.empty();
    }

    @Override
    public synchronized boolean claimRows(ClusterName cluster, String runId) {
        TickNotes before = notes.get(cluster);
        if (before != null && runId.equals(before.countedRun())) {
            return false;
        }
        notes.put(
                cluster,
                new TickNotes(
                        before == null ? Instant.EPOCH : before.firstTick(),
                        before == null ? null : before.lastInventory(),
                        runId));
        return true;
    }

    /** Sets the watermark of a table. */
    public void read(ClusterName cluster, String table, LocalDateTime upTo) {
        readUpTo.computeIfAbsent(cluster, name -> new TreeMap<>()).put(table, upTo);
    }

    /** Ends the last run of each started cluster with a summary. */
    public void endRuns(boolean succeeded) {
        starts.forEach((cluster, start) -> runs.put(cluster, new LastRun(start.runId(), succeeded)));
    }

    private static void failIfAsked(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }
}
