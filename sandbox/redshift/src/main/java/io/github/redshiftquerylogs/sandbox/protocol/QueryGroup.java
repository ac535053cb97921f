package io.github.redshiftquerylogs.sandbox.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The session setting {@code query_group}, which Redshift's driver sends ({@code queryGroup}) and PostgreSQL does not
 * accept: it accepts unknown settings only if their name has a dot. The statement is forwarded with the name
 * {@code redshift.query_group}.
 */
public final class QueryGroup {

    private static final Pattern STATEMENT = Pattern.compile(
            "(\\s*(?:set|show|reset)\\s+(?:session\\s+|local\\s+)?)(query_group\\b.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private QueryGroup() {}

    /** The statement to forward to PostgreSQL; empty if the given one does not set or show the query group. */
    public static Optional<String> translate(String statement) {
        Matcher matcher = STATEMENT.matcher(statement);
        return matcher.matches() ? Optional.of(matcher.group(1) + "redshift." + matcher.group(2)) : Optional.empty();
    }
}
