package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands on 127.0.0.1 in front of PostgreSQL and lets Redshift's driver in: answers its request for TLS with "no", drops
 * the {@linkplain StartupMessage start-up parameters} that only Redshift knows, renames {@linkplain QueryGroup one
 * setting}, and passes everything else, authentication included, byte by byte.
 */
final class StartupFilter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartupFilter.class);
    /** Longer start-up messages are refused, as PostgreSQL does. */
    private static final int MAX_STARTUP_BYTES = 10_000;

    private final ServerSocket server;
    private final InetSocketAddress postgres;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile boolean closed;

    private StartupFilter(ServerSocket server, InetSocketAddress postgres) {
        this.server = server;
        this.postgres = postgres;
        this.acceptor = daemon("redshift-filter-" + server.getLocalPort(), this::accept);
    }

    /** Listens on a free port and passes on to the PostgreSQL at another port of this machine. */
    static StartupFilter start(int postgresPort) throws IOException {
        InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetSocketAddress postgres = new InetSocketAddress(local, postgresPort);
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(local, 0));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        StartupFilter filter = new StartupFilter(server, postgres);
        filter.acceptor.start();
        return filter;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        closed = true;
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

    private void accept() {
        while (!closed) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                sockets.add(client);
                daemon(acceptor.getName() + "-client", () -> serve(client)).start();
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn("cannot accept a connection", e);
                }
            }
        }
    }

    private void serve(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try (client;
                server) {
            DataInputStream fromClient = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 15));
            byte[] first = firstMessage(fromClient, client.getOutputStream());
            server.setTcpNoDelay(true);
            server.connect(postgres);
            server.getOutputStream().write(first);
            Thread answers = daemon(acceptor.getName() + "-server", () -> passAnswers(server, client));
            answers.start();
            passMessages(fromClient, server.getOutputStream());
        } catch (EOFException e) {
            LOG.trace("the client has left");
        } catch (IOException e) {
            LOG.debug("connection ended", e);
        } finally {
            sockets.remove(client);
            sockets.remove(server);
        }
    }

    /** Reads up to the message that PostgreSQL is to see first, and returns that. */
    private static byte[] firstMessage(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            if (length < 8 || length > MAX_STARTUP_BYTES) {
                throw new IOException("start-up message of " + length + " bytes");
            }
            int code = in.readInt();
            byte[] body = in.readNBytes(length - 8);
            switch (code) {
                case StartupMessage.SSL_REQUEST, StartupMessage.GSS_REQUEST -> {
                    out.write('N');
                    out.flush();
                }
                case StartupMessage.CANCEL_REQUEST -> {
                    return ByteBuffer.allocate(length)
                            .putInt(length)
                            .putInt(code)
                            .put(body)
                            .array();
                }
                default -> {
                    return StartupMessage.parse(code, body)
                            .withoutRedshiftParameters()
                            .bytes();
                }
            }
        }
    }

    /** From driver to server: message by message, since one kind of statement is renamed. */
    private static void passMessages(DataInputStream in, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 15));
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            byte[] passed = switch (type) {
                case 'Q' -> QueryGroup.translateQuery(body);
                case 'P' -> QueryGroup.translateParse(body);
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

    private static void passAnswers(Socket server, Socket client) {
        try (server;
                client) {
            InputStream in = server.getInputStream();
            in.transferTo(client.getOutputStream());
        } catch (IOException e) {
            LOG.trace("connection ended", e);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
