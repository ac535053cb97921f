package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.call.Retrier;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterConnector;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.ConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.connection.GlueConnectionApi;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.GlueJobApi;
import io.github.redshiftquerylogs.orchestrator.job.JobStarter;
import io.github.redshiftquerylogs.orchestrator.monitor.ClusterInventory;
import io.github.redshiftquerylogs.orchestrator.monitor.ClusterMonitor;
import io.github.redshiftquerylogs.orchestrator.monitor.Freshness;
import io.github.redshiftquerylogs.orchestrator.monitor.MetricsSink;
import io.github.redshiftquerylogs.orchestrator.monitor.MonitorTable;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.settings.SettingsReader;

/** The services that a tick calls. */
record Services(
        SettingsReader settings,
        GlueJobApi jobs,
        GlueConnectionApi connections,
        ConnectionRecord connectionRecord,
        ClusterDirectory directory,
        StateTable state,
        MonitorTable monitorTable,
        MetricsSink metrics) {

    /** Creates the parts of a tick. */
    Orchestrator orchestrator(Environment environment) {
        Retrier retrier = new Retrier(Pause.REAL);
        ClusterConnector connector =
                new ClusterConnector(directory, connections, connectionRecord, retrier, environment.network());
        return new Orchestrator(
                settings,
                state,
                new ClusterStarter(connector, settings, new JobStarter(jobs, state, retrier), environment),
                new ClusterMonitor(
                        monitorTable,
                        new ClusterInventory(directory, monitorTable, retrier),
                        new Freshness(
                                monitorTable,
                                (cluster, run) -> jobs.hasDied(cluster.value() + ResourceNames.JOB_SUFFIX, run)),
                        metrics),
                environment);
    }
}
