package io.github.redshiftquerylogs.sandbox.protocol;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sessions of clients, by the key with which a client may cancel. Thread-safe. */
final class SignedInSessions {

    private final Map<ByteBuffer, FilteredSession> sessions = new HashMap<>();

    /**
     * PostgreSQL has accepted a client.
     *
     * @param key the client's
     * @param server the session that the client has got
     */
    synchronized void enter(byte[] key, FilteredSession session, ServerSession server) {
        session.signedIn(key, server);
        sessions.put(ByteBuffer.wrap(key), session);
    }

    /**
     * The session to cancel, until {@link FilteredSession#endsCancel}. Empty if its client has left it, or if nothing runs
     * there: Redshift's driver asks after most statements, and PostgreSQL would start a process for nothing.
     */
    synchronized Optional<FilteredSession> toCancel(byte[] key) {
        return Optional.ofNullable(sessions.get(ByteBuffer.wrap(key))).filter(FilteredSession::beginsCancel);
    }

    /** A client leaves; returns whether no request to cancel is on its way. */
    synchronized boolean leave(FilteredSession session) {
        sessions.remove(ByteBuffer.wrap(session.key()));
        return !session.isBeingCancelled();
    }
}
