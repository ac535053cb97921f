package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The first message of a PostgreSQL connection (protocol 3): the version and the session's parameters.
 *
 * @see <a href="https://www.postgresql.org/docs/15/protocol-message-formats.html">message formats</a>
 */
record StartupMessage(int protocol, Map<String, String> parameters) {

    static final int SSL_REQUEST = 80877103;
    static final int GSS_REQUEST = 80877104;
    static final int CANCEL_REQUEST = 80877102;

    /** Parameters that Redshift's driver sends and PostgreSQL refuses as unrecognized. */
    private static final Set<String> REDSHIFT_ONLY = Set.of(
            "driver_version",
            "os_version",
            "plugin_name",
            "client_protocol_version",
            "driver_discovery_version",
            "_pq_.compression");

    /** Parses the part after length and protocol version: names and values, each terminated by a zero byte. */
    static StartupMessage parse(int protocol, byte[] body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = 0;
        while (at < body.length && body[at] != 0) {
            int endOfName = endOfString(body, at);
            int endOfValue = endOfString(body, endOfName + 1);
            parameters.put(text(body, at, endOfName), text(body, endOfName + 1, endOfValue));
            at = endOfValue + 1;
        }
        return new StartupMessage(protocol, parameters);
    }

    StartupMessage withoutRedshiftParameters() {
        Map<String, String> kept = new LinkedHashMap<>(parameters);
        kept.keySet().removeAll(REDSHIFT_ONLY);
        return new StartupMessage(protocol, kept);
    }

    /** The database user; empty if the client names none, which PostgreSQL refuses. */
    String user() {
        return parameters.getOrDefault("user", "");
    }

    /** The database; the user's name if the client names none. */
    String database() {
        return parameters.getOrDefault("database", user());
    }

    /** The whole message, including its length. */
    byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        parameters.forEach((name, value) -> {
            body.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            body.write(0);
            body.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        });
        body.write(0);
        return ByteBuffer.allocate(8 + body.size())
                .putInt(8 + body.size())
                .putInt(protocol)
                .put(body.toByteArray())
                .array();
    }

    private static int endOfString(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("start-up message ends within a string");
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }
}
