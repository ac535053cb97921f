package io.github.redshiftquerylogs.cluster;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a cluster: unique in the lake, part of parameter names, of the Glue job's name and of every row.
 *
 * <p>A lower-case letter, then lower-case letters, digits, hyphens and underscores, at most 63 characters, as Redshift's
 * own cluster identifiers, and underscores besides. {@code global} is reserved for the parameters of all clusters.
 * Serializable, because it travels with Spark tasks.
 *
 * @param value the name as written in the list of enabled clusters
 */
public record ClusterName(String value) implements Comparable<ClusterName>, Serializable {

    /** What a name has to look like, for error texts. */
    public static final String EXPECTED =
            "a lower-case letter, then lower-case letters, digits, hyphens or underscores, at most 63 characters";

    private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final String RESERVED = "global";

    /** @throws IllegalArgumentException if the name is not one; the text says why */
    public ClusterName {
        problemOf(value).ifPresent(problem -> {
            throw new IllegalArgumentException("illegal cluster name '" + value + "': " + problem);
        });
    }

    /** Says what is wrong with a name, or nothing if it is one. */
    public static Optional<String> problemOf(String value) {
        if (value.equals(RESERVED)) {
            return Optional.of("'global' is reserved for the parameters of all clusters");
        }
        return LEGAL.matcher(value).matches() ? Optional.empty() : Optional.of("expected " + EXPECTED);
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
