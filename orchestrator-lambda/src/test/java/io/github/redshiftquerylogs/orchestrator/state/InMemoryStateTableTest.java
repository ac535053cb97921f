package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.settings.ClusterName;

class InMemoryStateTableTest extends StateTableContract {

    private final InMemoryStateTable table = new InMemoryStateTable();

    @Override
    StateTable table() {
        return table;
    }

    @Override
    void endRun(ClusterName cluster, String runId, String status) {
        table.runs.put(cluster, new LastRun(runId, status.equals("succeeded")));
    }
}
