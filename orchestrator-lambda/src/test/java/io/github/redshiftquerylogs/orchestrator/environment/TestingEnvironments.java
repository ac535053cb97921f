package io.github.redshiftquerylogs.orchestrator.environment;

/** Environments with default job settings and networks. */
public final class TestingEnvironments {

    private TestingEnvironments() {}

    public static Environment of(String jobJar, String jobScript, String stateTable, String database) {
        return new Environment(jobJar, jobScript, stateTable, database, JobNetwork.NONE, JobShape.DEFAULT);
    }
}
