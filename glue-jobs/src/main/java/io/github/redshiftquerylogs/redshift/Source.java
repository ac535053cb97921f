package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SourceException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A cluster and the way of access to it. Spark tasks get a serialized copy. Its text shows no secret. */
public interface Source extends Serializable {

    /** The ways of access to a cluster. */
    enum Way {
        /** JDBC: rows are streamed over a connection. */
        JDBC,
        /** Data API: each statement is a request; the service stores its result in pages, up to 500 MB. */
        DATA_API
    }

    /** The way of access. */
    Way way();

    /** The Region of the cluster, as far as its address tells. */
    default Optional<String> region() {
        return Optional.empty();
    }

    /** Whether the address is that of a Serverless workgroup. */
    default boolean serverless() {
        return false;
    }

    /**
     * Prepares the cluster for a run; called once, before the first session.
     *
     * @return what a user should know about the way of access, such as a connection without encryption
     */
    default List<String> begin() {
        return List.of();
    }

    /** Closes what sessions have left open for each other; called once, at the end of a run, after the last session. */
    default void end() {}

    /**
     * Does work that reads from this cluster with one statement, in another process; it counts as a statement of this one.
     *
     * @param work gets the source for that process
     */
    default <T> T whileReading(Function<Source, T> work) {
        return work.apply(this);
    }

    /**
     * The same cluster with the same user, in another of its databases.
     *
     * @param database its name, of any characters
     */
    Source inDatabase(String database);

    /**
     * The same cluster, in whose sessions nothing can be written. That of the Data API is the same as before: it begins its
     * transactions itself.
     */
    default Source readOnly() {
        return this;
    }

    /** Removes the secrets that this source knows from a message of a driver or a library. */
    String redact(String text);

    /**
     * Opens a session.
     *
     * @param purpose identifies the session within the run: sessions of one purpose run the same statements, so that a
     *     request repeated by the SDK or by Spark is recognised as a repetition
     * @throws SourceException if the cluster cannot be reached or refuses the login
     */
    SourceSession open(String purpose);
}
