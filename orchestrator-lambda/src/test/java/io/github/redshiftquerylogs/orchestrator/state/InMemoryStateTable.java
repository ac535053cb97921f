package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.orchestrator.connection.ClusterDescription;
import io.github.redshiftquerylogs.orchestrator.monitor.WatchTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.DateTimeException;
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
 * and {@code WatchTableContract}.
 */
public final class InMemoryStateTable implements StateTable, WatchTable {

    public final Map<ClusterName, LastStart> starts = new ConcurrentHashMap<>();
    public final Map<ClusterName, LastRun> runs = new ConcurrentHashMap<>();
    public final Map<ClusterName, String> definitions = new ConcurrentHashMap<>();
    public final Map<ClusterName, Seen> seen = new ConcurrentHashMap<>();
    public final Map<ClusterName, ClusterDescription> descriptions = new ConcurrentHashMap<>();
    final Map<ClusterName, Map<String, LocalDateTime>> readUpTo = new ConcurrentHashMap<>();
    public final Map<ClusterName, Long> rows = new ConcurrentHashMap<>();
    public final Set<ClusterName> unreadable = ConcurrentHashMap.newKeySet();
    public volatile @Nullable RuntimeException failingWrites;
    public volatile @Nullable RuntimeException failingWatch;

    @Override
    public Map<ClusterName, ClusterState> read(Collection<ClusterName> clusters) {
        Map<ClusterName, ClusterState> found = new HashMap<>();
        clusters.forEach(cluster -> found.put(
                cluster,
                new ClusterState(starts.get(cluster), runs.get(cluster), definitions.get(cluster), seen.get(cluster))));
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
    public void recordSeen(ClusterName cluster, Instant tick) {
        failIfAsked(failingWatch);
        seen.putIfAbsent(cluster, new Seen(tick, null, null));
    }

    @Override
    public void recordLook(ClusterName cluster, Instant tick, Optional<ClusterDescription> found) {
        failIfAsked(failingWatch);
        found.ifPresent(description -> descriptions.put(cluster, description));
        recordSeen(cluster, tick);
        seen.computeIfPresent(cluster, (name, before) -> new Seen(before.firstTick(), tick, before.countedRun()));
    }

    @Override
    public Optional<LocalDateTime> oldestReadUpTo(ClusterName cluster) {
        failIfAsked(failingWatch);
        failIfAsked(unreadable.contains(cluster) ? new DateTimeException("yesterday") : null);
        return readUpTo.getOrDefault(cluster, Map.of()).values().stream().min(LocalDateTime::compareTo);
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
        Seen before = seen.get(cluster);
        if (before != null && runId.equals(before.countedRun())) {
            return false;
        }
        seen.put(
                cluster,
                new Seen(
                        before == null ? Instant.EPOCH : before.firstTick(),
                        before == null ? null : before.lastLook(),
                        runId));
        return true;
    }

    /** The job has read a table up to here. */
    public void read(ClusterName cluster, String table, LocalDateTime upTo) {
        readUpTo.computeIfAbsent(cluster, name -> new TreeMap<>()).put(table, upTo);
    }

    /** The last run of each cluster that was started leaves its summary, as the job does. */
    public void endRuns(boolean succeeded) {
        starts.forEach((cluster, start) -> runs.put(cluster, new LastRun(start.runId(), succeeded)));
    }

    private static void failIfAsked(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }
}
