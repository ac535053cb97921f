package io.github.redshiftquerylogs.orchestrator.environment;

import java.util.Set;

/** Environments with default job settings and networks. */
public final class TestingEnvironments {

    private TestingEnvironments() {}

    public static Environment of(String jobJar, String jobScript, String stateTable, String database) {
        return new Environment(jobJar, jobScript, stateTable, database, Set.of(), JobNetwork.NONE, JobShape.DEFAULT);
    }
}
