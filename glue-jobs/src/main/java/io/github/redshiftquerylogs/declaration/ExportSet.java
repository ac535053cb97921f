package io.github.redshiftquerylogs.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A set of exports, which are switched on together. */
public enum ExportSet {
    /** The eight tables of the first release: what queries are, do and wait for. */
    CORE,
    /** Further logs of provisioned clusters; {@link #CORE} is part of it. */
    STL,
    /** Logs with about as many rows as {@code stl_scan}, or with several rows per query. */
    STL_LARGE,
    /** SYS monitoring views, which Serverless and Multi-AZ have as well. */
    SYS,
    /** Names of users, databases and tables. */
    NAMES,
    /** States of tables. */
    STATES,
    /** The exports that users declare; see {@link OwnExport}. */
    OWN;

    /** Lower case with hyphens, as in declarations and parameters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The texts of all sets. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ExportSet::text).toList();
    }

    /** The texts of the sets that exports of this project belong to. */
    static List<String> bundled() {
        return texts().stream().filter(text -> !text.equals(OWN.text())).toList();
    }

    /** The set of this text; empty if there is none. */
    public static Optional<ExportSet> named(String text) {
        return Arrays.stream(values()).filter(set -> set.text().equals(text)).findFirst();
    }

    /** Whether an export that is declared in another set belongs to this one. */
    public boolean contains(ExportSet declared) {
        return declared == this || (this == STL && declared == CORE);
    }
}
