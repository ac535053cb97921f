package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import org.jspecify.annotations.Nullable;

class InMemoryStateTableTest extends StateTableContract {

    private final InMemoryStateTable table = new InMemoryStateTable();

    @Override
    StateTable table() {
        return table;
    }

    @Override
    @Nullable String definition(ClusterName cluster) {
        return table.definitions.get(cluster);
    }
}
