package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.IOException;
import java.sql.SQLException;

/** Source of the PostgreSQL servers below stand-ins. */
interface ServerSupply {

    /** A running server without databases and users of its own; the caller gives it back or closes it. */
    PostgresServer take(String cluster) throws IOException, SQLException;

    /** Called once with each server that the stand-in no longer needs. */
    void giveBack(PostgresServer server);

    /** A new server each time, which ends with its stand-in. */
    ServerSupply NEW = new ServerSupply() {
        @Override
        public PostgresServer take(String cluster) throws IOException, SQLException {
            return PostgresServer.start(cluster);
        }

        @Override
        public void giveBack(PostgresServer server) {
            server.close();
        }
    };
}
