package io.github.redshiftquerylogs.settings;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a cluster: unique in the lake, part of parameter names, of the Glue job's name and of every row.
 *
 * <p>A lower-case letter, then lower-case letters, digits, hyphens and underscores, at most 63 characters, as Redshift's
 * cluster identifiers, and underscores in addition. {@code global} is reserved for the parameters of all clusters.
 * Serializable, because Spark tasks use it.
 *
 * @param value the name as written in the list of enabled clusters
 */
public record ClusterName(String value) implements Comparable<ClusterName>, Serializable {

    /** Format of names, for error texts. */
    public static final String EXPECTED =
            "a lower-case letter, then lower-case letters, digits, hyphens or underscores, at most 63 characters";

    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final String RESERVED = "global";

    /** @throws IllegalArgumentException if the name is invalid; its message says why */
    public ClusterName {
        if (!isLegal(value)) {
            throw new IllegalArgumentException("illegal cluster name '" + value + "': expected " + expectedFor(value));
        }
    }

    /** The name of a cluster; empty if it is invalid. */
    public static Optional<ClusterName> of(String value) {
        return isLegal(value) ? Optional.of(new ClusterName(value)) : Optional.empty();
    }

    /** What is expected instead of an invalid name, for error texts. */
    public static String expectedFor(String value) {
        return value.equals(RESERVED)
                ? "another name, '" + RESERVED + "' is reserved for the parameters of all clusters"
                : EXPECTED;
    }

    private static boolean isLegal(String value) {
        return LEGAL.matcher(value).matches() && !value.equals(RESERVED);
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
