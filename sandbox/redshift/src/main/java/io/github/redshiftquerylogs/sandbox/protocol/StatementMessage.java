package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a message with a statement: {@code Query} ('Q'), or {@code Parse} ('P'), which has the name of a prepared
 * statement before it and the types of its parameters after it.
 *
 * @see <a href="https://www.postgresql.org/docs/15/protocol-message-formats.html">message formats</a>
 */
public final class StatementMessage {

    private final byte[] body;
    private final int start;
    private final int end;

    private StatementMessage(byte[] body, int start) {
        this.body = body;
        this.start = start;
        this.end = indexOfZero(body, start);
    }

    static StatementMessage query(byte[] body) {
        return new StatementMessage(body, 0);
    }

    static StatementMessage parse(byte[] body) {
        return new StatementMessage(body, indexOfZero(body, 0) + 1);
    }

    public String statement() {
        return new String(body, start, end - start, StandardCharsets.UTF_8);
    }

    /** Whether it prepares a named statement, which can be executed again without a further such message. */
    public boolean isNamed() {
        return start > 1;
    }

    /** The same body with another statement. */
    byte[] with(String statement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, start);
        out.writeBytes(statement.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(Arrays.copyOfRange(body, end, body.length));
        return out.toByteArray();
    }

    private static int indexOfZero(byte[] body, int from) {
        for (int i = from; i < body.length; i++) {
            if (body[i] == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("message ends within a string");
    }
}
