package io.github.redshiftquerylogs.orchestrator.connection;

class TestingGlueConnectionsTest extends GlueConnectionsContract {

    private final TestingGlueConnections connections = new TestingGlueConnections();

    @Override
    GlueConnectionApi connections() {
        return connections;
    }
}
