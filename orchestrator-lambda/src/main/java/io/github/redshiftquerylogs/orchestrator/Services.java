package io.github.redshiftquerylogs.orchestrator;

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
