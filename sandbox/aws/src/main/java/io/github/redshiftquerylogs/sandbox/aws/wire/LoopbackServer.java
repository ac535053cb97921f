package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port of the loopback interface, with a thread for each request. */
public final class LoopbackServer implements AutoCloseable {

    static {
        // without it every reply waits for the delayed acknowledgement of its own headers, 40 ms a call
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // seconds; clients that keep connections for a minute must not find them closed, which looks like a lost reply
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        // here, because it counts only before the JVM's first HttpClient
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final int CONNECTIONS_WAITING = 256;

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(String threadPrefix, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS_WAITING);
        server.createContext("/", handler);
        threads = Executors.newCachedThreadPool(DaemonThreads.named(threadPrefix));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts a server on a free port.
     *
     * @param threadPrefix of the names of its threads
     * @param handler answers all requests
     * @throws UncheckedIOException if no port is free
     */
    public static LoopbackServer start(String threadPrefix, HttpHandler handler) {
        try {
            return new LoopbackServer(threadPrefix, handler);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a server on the loopback interface", e);
        }
    }

    /** The address that clients use. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops it; requests that are being answered are interrupted. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
