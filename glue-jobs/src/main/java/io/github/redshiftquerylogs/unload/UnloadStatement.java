package io.github.redshiftquerylogs.unload;

import java.util.Optional;

/**
 * The SQL text of an UNLOAD; pure. Query, location and role are string literals in it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
 *
 * <p>Quotes in a literal are doubled. A backslash is an escape in Redshift and a plain character in standard SQL, so it
 * has no unambiguous spelling: a text with a backslash, or with NUL, which no literal can contain, has no statement.
 * All other characters (dollars, line ends, letters) need no escape.
 */
public final class UnloadStatement {

    /** The keyword for the cluster's default role. */
    public static final String DEFAULT_ROLE = "default";

    private UnloadStatement() {}

    /**
     * Renders the statement.
     *
     * @param query the query whose rows are unloaded
     * @param location the target in S3; the names of files and manifest begin with it
     * @param role {@code default}, or ARNs separated by commas
     * @param region the Region of the bucket, if it is not the cluster's, which is the default
     * @return the statement; empty if one of the texts cannot be written as a literal
     */
    public static Optional<String> of(String query, String location, String role, Optional<String> region) {
        if (!isLiteral(query) || !isLiteral(location) || !isLiteral(role) || !isLiteral(region.orElse(""))) {
            return Optional.empty();
        }
        return Optional.of("UNLOAD (" + literal(query) + ") TO " + literal(location) + " IAM_ROLE "
                + (role.equals(DEFAULT_ROLE) ? DEFAULT_ROLE : literal(role)) + " FORMAT PARQUET MANIFEST VERBOSE"
                + region.map(name -> " REGION " + literal(name)).orElse(""));
    }

    private static boolean isLiteral(String text) {
        return text.indexOf('\\') < 0 && text.indexOf('\0') < 0;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
