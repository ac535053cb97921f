package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.LoggerFactory;

/**
 * Servers that stand-ins of this process have left behind, emptied. A server that cannot be emptied is closed instead.
 * Thread-safe.
 */
final class IdleServers implements ServerSupply {

    static final IdleServers OF_THIS_PROCESS = new IdleServers();

    private final ConcurrentLinkedDeque<PostgresServer> idle = new ConcurrentLinkedDeque<>();

    @Override
    public PostgresServer take(String cluster) throws IOException, SQLException {
        Optional<PostgresServer> left = Optional.ofNullable(idle.poll());
        return left.isPresent() ? left.get() : PostgresServer.start(cluster);
    }

    @Override
    public void giveBack(PostgresServer server) {
        try {
            server.empty();
        } catch (SQLException e) {
            LoggerFactory.getLogger(IdleServers.class).warn("closing a server that cannot be emptied", e);
            server.close();
            return;
        }
        idle.push(server);
    }
}
