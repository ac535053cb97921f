package io.github.redshiftquerylogs.selection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a cluster exports by default, decided once, in the first run of a release that knows sets. More tables are logins,
 * addresses and cost, so a new release alone adds none to a cluster.
 */
public enum DefaultExports {
    /** The set {@code core}: the cluster was exported before there were sets. */
    CORE,
    /** What the source has: see {@link SourceKind}. */
    SUITABLE;

    /** Lower case, as in the state table. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The decision of this text; empty if there is none. */
    public static Optional<DefaultExports> named(String text) {
        return Arrays.stream(values())
                .filter(value -> value.text().equals(text))
                .findFirst();
    }

    /**
     * Decides for a cluster for which nothing is stored. The lake decides if the state was lost: rows in a table that the
     * first release did not have mean that the cluster was exported with sets.
     *
     * @param coreIsKnown whether the state or the lake knows the cluster in a table of {@code core}
     * @param othersHaveRows whether the lake has rows of the cluster in another table
     */
    public static DefaultExports of(boolean coreIsKnown, boolean othersHaveRows) {
        return coreIsKnown && !othersHaveRows ? CORE : SUITABLE;
    }
}
