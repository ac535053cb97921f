package io.github.redshiftquerylogs.sandbox.protocol;

import io.github.redshiftquerylogs.sandbox.unload.ParsedUnload;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on 127.0.0.1 that makes PostgreSQL accept Redshift's driver: it answers TLS if it has a certificate, removes the
 * {@linkplain StartupMessage start-up parameters} that only Redshift knows, renames {@linkplain QueryGroup one setting},
 * hands {@linkplain Unloads UNLOAD} to the stand-in, and forwards everything else unchanged, authentication included.
 */
public final class StartupFilter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartupFilter.class);
    /** The longest start-up message, as in PostgreSQL. */
    private static final int MAX_STARTUP_BYTES = 10_000;

    private final int port;
    private final InetSocketAddress postgres;
    private final Unloads unloads;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** Sessions by the key with which the client may cancel. */
    private final Map<ByteBuffer, FilteredSession> sessions = new ConcurrentHashMap<>();

    private volatile ServerSocket server;
    private volatile Optional<SSLSocketFactory> tls = Optional.empty();
    private Thread acceptor;

    /** Runs UNLOAD statements, which PostgreSQL does not have. */
    @FunctionalInterface
    public interface Unloads {
        /** Runs the UNLOAD; returns the statement to forward to PostgreSQL in its place. */
        String run(FilteredSession session, StatementMessage message);
    }

    private StartupFilter(ServerSocket server, InetSocketAddress postgres, Unloads unloads) {
        this.port = server.getLocalPort();
        this.server = server;
        this.postgres = postgres;
        this.unloads = unloads;
        this.acceptor = daemon("redshift-filter-" + port, () -> accept(server));
    }

    /**
     * Listens on a free port and forwards to a PostgreSQL server on this machine.
     *
     * @param postgresPort the port of that server
     * @param unloads runs UNLOAD statements
     */
    public static StartupFilter start(int postgresPort, Unloads unloads) throws IOException {
        StartupFilter filter = new StartupFilter(listen(0), new InetSocketAddress(loopback(), postgresPort), unloads);
        filter.acceptor.start();
        return filter;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            // closed connections may still hold the port
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(loopback(), port));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Accepts requests for TLS from now on. */
    public void speakTls(TlsIdentity identity) {
        tls = Optional.of(identity.sockets());
    }

    public int port() {
        return port;
    }

    public boolean isListening() {
        return !server.isClosed();
    }

    /** Listens again, on the same port, after {@link #close}. */
    public synchronized void reopen() throws IOException {
        if (isListening()) {
            return;
        }
        ServerSocket next = listen(port);
        server = next;
        acceptor = daemon("redshift-filter-" + port, () -> accept(next));
        acceptor.start();
    }

    /** Closes all connections; new ones are refused until {@link #reopen}. */
    @Override
    public synchronized void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        try {
            acceptor.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                daemon("redshift-filter-" + port + "-client", () -> serve(client))
                        .start();
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("cannot accept a connection", e);
                }
            }
        }
    }

    private void serve(Socket accepted) {
        Socket server = new Socket();
        sockets.add(server);
        try (accepted;
                server;
                ClientChannel client = new ClientChannel(accepted)) {
            StartupMessage first = firstMessage(client);
            server.setTcpNoDelay(true);
            server.connect(postgres);
            server.getOutputStream().write(first.withoutRedshiftParameters().bytes());
            FilteredSession session = new FilteredSession(first.user(), first.database());
            daemon("redshift-filter-" + port + "-server", () -> passAnswers(server, client, session))
                    .start();
            passMessages(client.in(), server.getOutputStream(), session);
        } catch (EOFException e) {
            LOG.trace("the client has left");
        } catch (IOException e) {
            LOG.debug("connection ended", e);
        } finally {
            sockets.remove(accepted);
            sockets.remove(server);
        }
    }

    /**
     * Answers requests for encryption and returns the start-up message.
     *
     * @throws EOFException if the client closes the connection or only requests to cancel
     */
    private StartupMessage firstMessage(ClientChannel client) throws IOException {
        while (true) {
            DataInputStream in = client.in();
            int length = in.readInt();
            if (length < 8 || length > MAX_STARTUP_BYTES) {
                throw new IOException("start-up message of " + length + " bytes");
            }
            int code = in.readInt();
            byte[] body = in.readNBytes(length - 8);
            switch (code) {
                case StartupMessage.SSL_REQUEST -> client.answerTlsRequest(tls);
                case StartupMessage.GSS_REQUEST -> client.answerTlsRequest(Optional.empty());
                case StartupMessage.CANCEL_REQUEST -> {
                    cancel(body);
                    throw new EOFException("a request to cancel has no answer");
                }
                default -> {
                    return StartupMessage.parse(code, body);
                }
            }
        }
    }

    /** Cancels the statement of a session, whether PostgreSQL or this process runs it. */
    private void cancel(byte[] key) throws IOException {
        FilteredSession session = sessions.get(ByteBuffer.wrap(key));
        if (session != null) {
            session.cancel();
        }
        try (Socket socket = new Socket()) {
            socket.connect(postgres);
            int length = key.length + 8;
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(length)
                            .putInt(length)
                            .putInt(StartupMessage.CANCEL_REQUEST)
                            .put(key)
                            .array());
            // PostgreSQL closes the connection once it has signalled the session
            socket.getInputStream().read();
        }
    }

    /** Forwards messages from driver to server and replaces some statements. */
    private void passMessages(DataInputStream in, OutputStream to, FilteredSession session) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 15));
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            byte[] passed = switch (type) {
                case 'Q' -> replaced(StatementMessage.query(body), session);
                case 'P' -> replaced(StatementMessage.parse(body), session);
                default -> body;
            };
            out.write(type);
            out.writeInt(passed.length + 4);
            out.write(passed);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private byte[] replaced(StatementMessage message, FilteredSession session) {
        String statement = message.statement();
        if (session.isSignedIn() && ParsedUnload.isUnload(statement)) {
            return message.with(unloads.run(session, message));
        }
        session.passes(statement);
        return message.with(QueryGroup.translate(statement).orElse(statement));
    }

    private void passAnswers(Socket server, ClientChannel client, FilteredSession session) {
        ByteBuffer key = ByteBuffer.allocate(0);
        try (server;
                client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream(), 1 << 15));
            OutputStream out = client.out();
            int type = 0;
            // parsed up to the first "ready for query"; the rest is copied
            while (type != 'Z') {
                type = in.readUnsignedByte();
                int length = in.readInt();
                byte[] body = in.readNBytes(length - 4);
                if (type == 'K') {
                    key = ByteBuffer.wrap(body);
                    sessions.put(key, session);
                    session.signedIn(key.getInt(0));
                }
                out.write(ByteBuffer.allocate(length + 1)
                        .put((byte) type)
                        .putInt(length)
                        .put(body)
                        .array());
            }
            in.transferTo(out);
        } catch (IOException e) {
            LOG.trace("connection ended", e);
        } finally {
            sessions.remove(key);
            // the server process is gone, and with it what it ran
            session.cancel();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
