package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.call.Backoff;
import io.github.redshiftquerylogs.orchestrator.call.PatientCalls;
import io.github.redshiftquerylogs.orchestrator.call.Pause;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterConnector;
import io.github.redshiftquerylogs.orchestrator.connection.ClusterDirectory;
import io.github.redshiftquerylogs.orchestrator.connection.ConnectionRecord;
import io.github.redshiftquerylogs.orchestrator.connection.GlueConnections;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.orchestrator.job.GlueJobs;
import io.github.redshiftquerylogs.orchestrator.job.JobStarter;
import io.github.redshiftquerylogs.orchestrator.monitor.ClusterWatch;
import io.github.redshiftquerylogs.orchestrator.monitor.DailyLook;
import io.github.redshiftquerylogs.orchestrator.monitor.Freshness;
import io.github.redshiftquerylogs.orchestrator.monitor.MetricsSink;
import io.github.redshiftquerylogs.orchestrator.monitor.WatchTable;
import io.github.redshiftquerylogs.orchestrator.state.StateTable;
import io.github.redshiftquerylogs.settings.SettingsReader;

/** Everything outside that a tick talks to. */
record Services(
        SettingsReader settings,
        GlueJobs jobs,
        GlueConnections connections,
        ConnectionRecord connectionRecord,
        ClusterDirectory directory,
        StateTable state,
        WatchTable watchTable,
        MetricsSink metrics) {

    /** The parts of a tick, put together. */
    Orchestrator orchestrator(Environment environment) {
        PatientCalls calls = new PatientCalls(Backoff.DEFAULT, Pause.REAL);
        ClusterConnector connector = new ClusterConnector(
                directory, connections, connectionRecord, calls, environment.securityGroups(), environment.subnets());
        return new Orchestrator(
                settings,
                state,
                new ClusterStarter(connector, settings, new JobStarter(jobs, state, calls), environment),
                new ClusterWatch(
                        watchTable, new DailyLook(directory, watchTable, calls), new Freshness(watchTable), metrics),
                environment);
    }
}
