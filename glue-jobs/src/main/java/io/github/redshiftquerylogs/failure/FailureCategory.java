package io.github.redshiftquerylogs.failure;

import java.util.Locale;

/** What a failure is about, and so who can resolve it. */
public enum FailureCategory {
    /** Parameters, job arguments, the Glue connection. */
    SETTINGS,
    /** User, password or secret. */
    CREDENTIALS,
    /** Rights of the database user or of the job's role. */
    PERMISSION,
    /** The cluster or a service cannot be reached. */
    NETWORK,
    /** What the cluster gives: its clock, its tables, the rows of a query, the files of an UNLOAD. */
    SOURCE,
    /** A table of the lake is not as declared, or commits to it are refused. */
    LAKE,
    /** Unexpected: a defect of this program, or a failure that it does not know. */
    INTERNAL;

    /** Lower case, as in logs. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
