package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that clients have left, for clients that begin with the same message. PostgreSQL starts a process for each session,
 * which takes 40 ms of CPU time and more; a statement in one that is there takes less than one. Thread-safe.
 */
final class IdleSessions {

    private static final Logger LOG = LoggerFactory.getLogger(IdleSessions.class);

    private final Map<StartupMessage, Deque<ServerSession>> idle = new HashMap<>();

    /** A session that is as a new one would be; those that are not any longer end. */
    Optional<ServerSession> take(StartupMessage startup, Account now) {
        for (Optional<ServerSession> next = poll(startup); next.isPresent(); next = poll(startup)) {
            if (next.get().isOf(now) && next.get().isAlive()) {
                return next;
            }
            end(next.get());
        }
        return Optional.empty();
    }

    private synchronized Optional<ServerSession> poll(StartupMessage startup) {
        return Optional.ofNullable(idle.get(startup)).map(Deque::poll);
    }

    synchronized void give(ServerSession session) {
        idle.computeIfAbsent(session.startup(), first -> new ArrayDeque<>()).push(session);
    }

    synchronized void endAll() {
        idle.values().forEach(sessions -> sessions.forEach(IdleSessions::end));
        idle.clear();
    }

    private static void end(ServerSession session) {
        try {
            session.close();
        } catch (IOException e) {
            LOG.debug("cannot close a session", e);
        }
    }
}
