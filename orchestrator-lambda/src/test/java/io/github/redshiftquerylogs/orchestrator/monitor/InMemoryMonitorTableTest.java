package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.state.InMemoryStateTable;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDateTime;
import java.util.concurrent.ConcurrentHashMap;

class InMemoryMonitorTableTest extends MonitorTableContract {

    private final InMemoryStateTable table = new InMemoryStateTable();

    @Override
    MonitorTable table() {
        return table;
    }

    @Override
    StateTable stateTable() {
        return table;
    }

    @Override
    void read(ClusterName cluster, String name, LocalDateTime upTo) {
        table.read(cluster, name, upTo);
    }

    @Override
    void begin(ClusterName cluster, String name) {
        table.begun
                .computeIfAbsent(cluster, other -> ConcurrentHashMap.newKeySet())
                .add(name);
    }

    @Override
    void select(ClusterName cluster, SelectedExports exports) {
        table.exports.put(cluster, exports);
    }

    @Override
    void endRun(ClusterName cluster, String runId, long first, long second) {
        table.runs.put(cluster, new LastRun(runId, true));
        table.rows.put(cluster, first + second);
    }
}
