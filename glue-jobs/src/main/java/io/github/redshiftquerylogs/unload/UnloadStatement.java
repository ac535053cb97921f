package io.github.redshiftquerylogs.unload;

import java.util.Optional;

/**
 * The text of an UNLOAD; pure. Its query, place and role are literals within it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html
 *
 * <p>In a literal a quote is doubled. A backslash is an escape for Redshift and a character for standard SQL, so no
 * spelling of it is certain; a text with one (or with NUL, which no literal holds) has no statement. What else there is
 * in a literal (dollars, line ends, any letter) stands for itself.
 */
public final class UnloadStatement {

    /** The role that the cluster uses by default. */
    public static final String DEFAULT_ROLE = "default";

    private UnloadStatement() {}

    /**
     * Renders it.
     *
     * @param query what is unloaded
     * @param location where to, in S3; files and the manifest get names that begin with it
     * @param role what the cluster's settings say: {@code default}, or ARNs separated by commas
     * @return the statement; empty if one of the texts cannot be a literal
     */
    public static Optional<String> of(String query, String location, String role) {
        if (!isLiteral(query) || !isLiteral(location) || !isLiteral(role)) {
            return Optional.empty();
        }
        return Optional.of("UNLOAD (" + literal(query) + ") TO " + literal(location) + " IAM_ROLE "
                + (role.equals(DEFAULT_ROLE) ? DEFAULT_ROLE : literal(role)) + " FORMAT PARQUET MANIFEST VERBOSE");
    }

    private static boolean isLiteral(String text) {
        return text.indexOf('\\') < 0 && text.indexOf('\0') < 0;
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
