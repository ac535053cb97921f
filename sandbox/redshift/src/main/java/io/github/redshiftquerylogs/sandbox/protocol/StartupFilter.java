package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy on 127.0.0.1 that makes PostgreSQL accept Redshift's driver: it answers TLS if it has a certificate, removes the
 * {@linkplain StartupMessage start-up parameters} that only Redshift knows, renames {@linkplain QueryGroup one setting},
 * hands {@linkplain Unloads UNLOAD} to the stand-in, and forwards everything else unchanged, authentication included. A session
 * that its client has left serves the next client that begins with the same message and knows the password.
 */
public final class StartupFilter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartupFilter.class);
    /** The longest start-up message, as in PostgreSQL. */
    private static final int MAX_STARTUP_BYTES = 10_000;

    private static final int MD5_PASSWORD = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int port;
    private final InetSocketAddress postgres;
    private final Unloads unloads;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final SignedInSessions signedIn = new SignedInSessions();
    private final IdleSessions idle = new IdleSessions();
    private final Account.Directory accounts;

    private volatile ServerSocket server;
    private volatile Optional<SSLSocketFactory> tls = Optional.empty();
    private volatile boolean endsSessions;
    private Thread acceptor;

    /** Runs UNLOAD statements, which PostgreSQL does not have. */
    @FunctionalInterface
    public interface Unloads {
        /** Runs the UNLOAD; returns the statement to forward to PostgreSQL in its place. */
        String run(FilteredSession session, StatementMessage message);
    }

    private StartupFilter(
            ServerSocket server, InetSocketAddress postgres, Account.Directory accounts, Unloads unloads) {
        this.port = server.getLocalPort();
        this.server = server;
        this.postgres = postgres;
        this.accounts = accounts;
        this.unloads = unloads;
        this.acceptor = daemon("redshift-filter-" + port, () -> accept(server));
    }

    /**
     * Listens on a free port and forwards to a PostgreSQL server on this machine.
     *
     * @param postgresPort the port of that server
     * @param accounts tells which sessions that a client has left are as new ones
     * @param unloads runs UNLOAD statements
     */
    public static StartupFilter start(int postgresPort, Account.Directory accounts, Unloads unloads)
            throws IOException {
        StartupFilter filter =
                new StartupFilter(listen(0), new InetSocketAddress(loopback(), postgresPort), accounts, unloads);
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

    /** From now on the server process of a session ends with it, instead of waiting for the next client. */
    public void endSessions() {
        endsSessions = true;
        idle.endAll();
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
        idle.endAll();
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
        try (accepted;
                ClientChannel client = new ClientChannel(accepted)) {
            StartupMessage startup = firstMessage(client).withoutRedshiftParameters();
            Optional<Account> account =
                    endsSessions ? Optional.empty() : accounts.find(startup.user(), startup.database());
            Optional<ServerSession> left = account.flatMap(now -> idle.take(startup, now));
            if (left.isPresent() && admits(account.get(), client, left.get())) {
                relay(client, left.get());
            } else {
                ServerSession server = new ServerSession(startup, account);
                sockets.add(server.socket());
                server.connect(postgres);
                relay(client, server);
            }
        } catch (EOFException e) {
            LOG.trace("the client has left");
        } catch (IOException e) {
            LOG.debug("connection ended", e);
        } finally {
            sockets.remove(accepted);
        }
    }

    /** Asks for the password. After a wrong one PostgreSQL asks again, and says itself that it is wrong. */
    private boolean admits(Account account, ClientChannel client, ServerSession left) throws IOException {
        boolean right = false;
        try {
            byte[] salt = new byte[4];
            RANDOM.nextBytes(salt);
            client.out()
                    .write(ByteBuffer.allocate(13)
                            .put((byte) 'R')
                            .putInt(12)
                            .putInt(MD5_PASSWORD)
                            .put(salt)
                            .array());
            int type = client.in().readUnsignedByte();
            byte[] body = client.in().readNBytes(client.in().readInt() - 4);
            right = type == 'p'
                    && account.admits(salt, new String(body, 0, body.length - 1, StandardCharsets.US_ASCII));
            return right;
        } finally {
            if (!right) {
                idle.give(left);
            }
        }
    }

    private void relay(ClientChannel client, ServerSession server) throws IOException {
        FilteredSession session =
                new FilteredSession(server.startup().user(), server.startup().database());
        Relay relay = new Relay(client, server, session, signedIn, unloads);
        daemon("redshift-filter-" + port + "-server", relay::passAnswers).start();
        boolean asNew = false;
        try {
            asNew = relay.passMessages();
        } finally {
            if (asNew && isListening()) {
                idle.give(server);
            } else {
                server.close();
                sockets.remove(server.socket());
            }
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
        Optional<FilteredSession> session = signedIn.toCancel(key);
        if (session.isEmpty()) {
            return;
        }
        try (Socket socket = new Socket()) {
            session.get().cancel();
            byte[] serverKey = session.get().serverKey();
            socket.connect(postgres);
            int length = serverKey.length + 8;
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(length)
                            .putInt(length)
                            .putInt(StartupMessage.CANCEL_REQUEST)
                            .put(serverKey)
                            .array());
            // PostgreSQL closes the connection once it has signalled the session
            socket.getInputStream().read();
        } finally {
            session.get().endsCancel();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
