package io.github.redshiftquerylogs.orchestrator.connection;

class TestingGlueConnectionsTest extends GlueConnectionsContract {

    private final TestingGlueConnections connections = new TestingGlueConnections();

    @Override
    GlueConnections connections() {
        return connections;
    }
}
