package io.github.redshiftquerylogs.sandbox.protocol;

import io.github.redshiftquerylogs.sandbox.unload.ParsedUnload;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the messages of one client to a session of PostgreSQL, with some statements replaced, and its answers back. */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int CHUNK = 1 << 15;

    private final ClientChannel client;
    private final ServerSession server;
    private final FilteredSession session;
    private final SignedInSessions signedIn;
    private final StartupFilter.Unloads unloads;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile boolean leaving;

    Relay(
            ClientChannel client,
            ServerSession server,
            FilteredSession session,
            SignedInSessions signedIn,
            StartupFilter.Unloads unloads) {
        this.client = client;
        this.server = server;
        this.session = session;
        this.signedIn = signedIn;
        this.unloads = unloads;
    }

    /**
     * Forwards messages from driver to server until the client leaves.
     *
     * @return whether the session is as a new one now and another client may have it
     */
    boolean passMessages() throws IOException {
        DataInputStream in = client.in();
        DataOutputStream out = server.out();
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (type == 'X' && mayBeLeft()) {
                return leave();
            }
            server.answers().request(type);
            byte[] passed = switch (type) {
                case 'Q' -> replaced(StatementMessage.query(body));
                case 'P' -> replaced(StatementMessage.parse(body));
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

    private byte[] replaced(StatementMessage message) {
        String statement = message.statement();
        if (session.isSignedIn() && ParsedUnload.isUnload(statement)) {
            return message.with(unloads.run(session, message));
        }
        session.passes(statement);
        return message.with(QueryGroup.translate(statement).orElse(statement));
    }

    private boolean mayBeLeft() {
        return server.mayBeUsedAgain()
                && session.isSignedIn()
                && !server.answers().isBusy()
                && !server.answers().isInTransaction()
                && signedIn.leave(session);
    }

    private boolean leave() throws IOException {
        server.answers().forgetErrors();
        leaving = true;
        server.answers().request('Q');
        server.sendQuery("discard all");
        try {
            return end.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a session cannot be used again", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Forwards the answers, until the server or the client ends the session. */
    void passAnswers() {
        boolean asNew = false;
        try {
            signIn(client.out());
            asNew = passChunks(client.out());
        } catch (IOException e) {
            LOG.trace("connection ended", e);
        } finally {
            signedIn.leave(session);
            // the client has left, and with it what runs here for it
            session.cancel();
            if (!asNew) {
                close();
            }
            end.complete(asNew);
        }
    }

    private void close() {
        try (server;
                client) {
            LOG.trace("a session ends");
        } catch (IOException e) {
            LOG.debug("cannot close a connection", e);
        }
    }

    /** Up to the first "ready for query". */
    private void signIn(OutputStream out) throws IOException {
        if (server.hasGreeting()) {
            byte[] key = server.newClientKey();
            signedIn.enter(key, session, server);
            for (byte[] message : server.greeting(key)) {
                out.write(message);
            }
            return;
        }
        int type = 0;
        while (type != 'Z') {
            type = server.in().readUnsignedByte();
            int length = server.in().readInt();
            byte[] message = ByteBuffer.allocate(length + 1)
                    .put((byte) type)
                    .putInt(length)
                    .put(server.in().readNBytes(length - 4))
                    .array();
            server.greets(message);
            if (type == 'K') {
                byte[] key = server.newClientKey();
                signedIn.enter(key, session, server);
                message = ServerSession.withKey(message, key);
            }
            out.write(message);
        }
    }

    /** Returns whether the client has left the session as a new one. */
    private boolean passChunks(OutputStream out) throws IOException {
        AnswerCount answers = server.answers();
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int length = server.in().read(chunk);
            if (length < 0) {
                return false;
            }
            int before = answers.answered();
            boolean ofClient = !leaving;
            answers.add(chunk, length);
            if (ofClient) {
                out.write(chunk, 0, length);
            } else if (answers.hasFailed()) {
                LOG.debug("a session cannot be used again: {}", new String(chunk, 0, length, StandardCharsets.UTF_8));
                return false;
            } else if (answers.answered() > before) {
                return true;
            }
        }
    }
}
