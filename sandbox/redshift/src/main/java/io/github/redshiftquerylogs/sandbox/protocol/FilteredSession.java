package io.github.redshiftquerylogs.sandbox.protocol;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filter's view of a client's session: its user, its database, and the statement that the filter runs for it, if any.
 * A request to cancel goes to PostgreSQL and to that statement; the statement also ends with the session.
 */
public final class FilteredSession {

    private static final Logger LOG = LoggerFactory.getLogger(FilteredSession.class);

    private static final Pattern SETTING = Pattern.compile(
            "\\s*(?:set|reset)\\s+(?:session\\s+)?(statement_timeout|timezone)\\b[^;]*;?\\s*",
            Pattern.CASE_INSENSITIVE);

    private final String user;
    private final String database;
    private @Nullable Statement running;
    private volatile int processId;
    private volatile byte[] key = {};
    private volatile Optional<ServerSession> server = Optional.empty();
    private int cancels;
    /** The last statement of each setting. */
    private final Map<String, String> settings = new ConcurrentHashMap<>();

    FilteredSession(String user, String database) {
        this.user = user;
        this.database = database;
    }

    public String user() {
        return user;
    }

    public String database() {
        return database;
    }

    /**
     * Records that PostgreSQL has accepted the client.
     *
     * @param clientKey the key with which the client may cancel
     * @param accepting the server's side
     */
    void signedIn(byte[] clientKey, ServerSession accepting) {
        key = clientKey;
        server = Optional.of(accepting);
        processId = ByteBuffer.wrap(accepting.key()).getInt(0);
    }

    byte[] key() {
        return key;
    }

    /** The key that PostgreSQL knows. */
    byte[] serverKey() {
        return server.orElseThrow().key();
    }

    /** Records that a request to cancel is on its way, if there is something to cancel. */
    synchronized boolean beginsCancel() {
        if (running == null && !server.orElseThrow().answers().isBusy()) {
            return false;
        }
        cancels++;
        return true;
    }

    synchronized void endsCancel() {
        cancels--;
    }

    synchronized boolean isBeingCancelled() {
        return cancels > 0;
    }

    boolean isSignedIn() {
        return processId != 0;
    }

    /** The id of the server process of the session; 0 before the client is accepted. */
    public int processId() {
        return processId;
    }

    /** Records a statement that PostgreSQL runs, for {@link #settings}. */
    void passes(String statement) {
        Matcher setting = SETTING.matcher(statement);
        if (setting.matches()) {
            settings.put(setting.group(1).toLowerCase(Locale.ROOT), statement);
        }
    }

    /** The statements that have set the session's {@code statement_timeout} and {@code timezone}. */
    public List<String> settings() {
        return List.copyOf(settings.values());
    }

    public synchronized void runs(@Nullable Statement statement) {
        running = statement;
    }

    synchronized void cancel() {
        if (running == null) {
            return;
        }
        try {
            running.cancel();
        } catch (SQLException e) {
            LOG.debug("cannot cancel", e);
        }
    }
}
