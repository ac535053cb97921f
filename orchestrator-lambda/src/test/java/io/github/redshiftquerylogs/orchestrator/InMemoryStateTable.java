package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state table in memory; held to the same contract as the real one by {@link StateTableContract}. */
final class InMemoryStateTable implements StateTable {

    final Map<ClusterName, LastStart> starts = new ConcurrentHashMap<>();
    final Map<ClusterName, LastRun> runs = new ConcurrentHashMap<>();
    final Map<ClusterName, String> definitions = new ConcurrentHashMap<>();
    volatile @Nullable RuntimeException failingWrites;

    @Override
    public Map<ClusterName, ClusterState> read(Collection<ClusterName> clusters) {
        Map<ClusterName, ClusterState> found = new HashMap<>();
        clusters.forEach(cluster ->
                found.put(cluster, new ClusterState(starts.get(cluster), runs.get(cluster), definitions.get(cluster))));
        return found;
    }

    @Override
    public void recordStart(ClusterName cluster, LastStart start) {
        failIfAsked();
        starts.put(cluster, start);
    }

    @Override
    public void recordDefinition(ClusterName cluster, String hash) {
        failIfAsked();
        definitions.put(cluster, hash);
    }

    /** The last run of each cluster that was started leaves its summary, as the job does. */
    void endRuns(boolean succeeded) {
        starts.forEach((cluster, start) -> runs.put(cluster, new LastRun(start.runId(), succeeded)));
    }

    private void failIfAsked() {
        RuntimeException failure = failingWrites;
        if (failure != null) {
            throw failure;
        }
    }
}
