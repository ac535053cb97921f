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
    final Map<ClusterName, String> definitions = new ConcurrentHashMap<>();
    volatile @Nullable RuntimeException failingWrites;

    @Override
    public Map<ClusterName, LastStart> lastStarts(Collection<ClusterName> clusters) {
        Map<ClusterName, LastStart> found = new HashMap<>(starts);
        found.keySet().retainAll(clusters);
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

    private void failIfAsked() {
        RuntimeException failure = failingWrites;
        if (failure != null) {
            throw failure;
        }
    }
}
