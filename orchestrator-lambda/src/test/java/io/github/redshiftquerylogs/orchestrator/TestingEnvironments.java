package io.github.redshiftquerylogs.orchestrator;

import java.util.Map;

/** Deployments that choose nothing but names. */
final class TestingEnvironments {

    private TestingEnvironments() {}

    static Environment of(String jobJar, String jobScript, String stateTable, String database) {
        return new Environment(jobJar, jobScript, stateTable, database, Map.of(), Map.of(), JobShape.DEFAULT);
    }
}
