package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.io.Serializable;

/** A cluster and the way to it. Spark tasks get a copy. No secret shows in its text. */
public interface Source extends Serializable {

    /** The ways to a cluster. */
    enum Way {
        /** Rows stream over a connection, as they come. */
        JDBC,
        /** Each statement is a request; its result is kept by the service, in pages, up to 500 MB. */
        DATA_API
    }

    /** By which way it is reached. */
    Way way();

    /** Removes the secrets that this source knows from a text that others wrote. */
    String redact(String text);

    /**
     * Opens a session.
     *
     * @param purpose what it is for; a session of the same purpose in the same run asks the same, so that a request that
     *     is repeated (by the SDK, or by Spark) is not another one
     * @throws SourceException if the cluster cannot be reached or refuses
     */
    SourceSession open(String purpose);
}
