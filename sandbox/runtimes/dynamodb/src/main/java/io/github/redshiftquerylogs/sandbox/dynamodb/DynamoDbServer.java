package io.github.redshiftquerylogs.sandbox.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * AWS's own DynamoDB Local, in memory, on a free port of the loopback interface: its own {@code ServerRunner} listens on
 * all interfaces. Without that runner there is no telemetry either. Data is shared by all credentials and Regions.
 */
public final class DynamoDbServer {

    private static final int IN_PROCESS_PORT = 0;

    private DynamoDbServer() {}

    /** Starts the server, prints {@code ready on port <port>} and goes on until the process is stopped. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        boolean inMemory = true;
        boolean shared = true;
        boolean delayTransientStatuses = false;
        server.setHandler(new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(IN_PROCESS_PORT, inMemory, null, shared, delayTransientStatuses),
                null));
        server.start();
        System.out.println("ready on port " + connector.getLocalPort());
        server.join();
    }
}
