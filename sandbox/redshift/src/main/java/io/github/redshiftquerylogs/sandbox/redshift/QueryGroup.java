package io.github.redshiftquerylogs.sandbox.redshift;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code query_group}, the one session setting that Redshift knows, its driver sends ({@code queryGroup}) and PostgreSQL
 * cannot be taught: it accepts unknown settings only when their name has a dot. So the statement is passed on with the
 * name {@code redshift.query_group}, and PostgreSQL itself answers it.
 */
final class QueryGroup {

    private static final Pattern STATEMENT = Pattern.compile(
            "(\\s*(?:set|show|reset)\\s+(?:session\\s+|local\\s+)?)(query_group\\b.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private QueryGroup() {}

    /** The statement for PostgreSQL, if it is one about the query group. */
    static Optional<String> translate(String statement) {
        Matcher matcher = STATEMENT.matcher(statement);
        return matcher.matches() ? Optional.of(matcher.group(1) + "redshift." + matcher.group(2)) : Optional.empty();
    }

    /** The same for the body of a {@code Query} message ('Q'): the statement, ended by a zero byte. */
    static byte[] translateQuery(byte[] body) {
        return translateAt(body, 0);
    }

    /** The same for the body of a {@code Parse} message ('P'): a name, then the statement, then parameter types. */
    static byte[] translateParse(byte[] body) {
        return translateAt(body, indexOfZero(body, 0) + 1);
    }

    private static byte[] translateAt(byte[] body, int start) {
        int end = indexOfZero(body, start);
        String statement = new String(body, start, end - start, StandardCharsets.UTF_8);
        return translate(statement)
                .map(translated -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    out.write(body, 0, start);
                    out.writeBytes(translated.getBytes(StandardCharsets.UTF_8));
                    out.write(body, end, body.length - end);
                    return out.toByteArray();
                })
                .orElse(body);
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
