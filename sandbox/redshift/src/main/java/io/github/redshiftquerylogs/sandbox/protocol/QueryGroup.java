package io.github.redshiftquerylogs.sandbox.protocol;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code query_group}, the one session setting that Redshift knows, its driver sends ({@code queryGroup}) and PostgreSQL
 * cannot be taught: it accepts unknown settings only when their name has a dot. So the statement is passed on with the
 * name {@code redshift.query_group}, and PostgreSQL itself answers it.
 */
public final class QueryGroup {

    private static final Pattern STATEMENT = Pattern.compile(
            "(\\s*(?:set|show|reset)\\s+(?:session\\s+|local\\s+)?)(query_group\\b.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private QueryGroup() {}

    /** The statement for PostgreSQL, if it is one about the query group. */
    public static Optional<String> translate(String statement) {
        Matcher matcher = STATEMENT.matcher(statement);
        return matcher.matches() ? Optional.of(matcher.group(1) + "redshift." + matcher.group(2)) : Optional.empty();
    }
}
