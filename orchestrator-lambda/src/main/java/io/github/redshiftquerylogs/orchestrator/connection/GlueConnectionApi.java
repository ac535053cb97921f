package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import java.util.Map;

/** Glue connections. Each call is made once, without retries. */
public interface GlueConnectionApi {

    /** Creates a connection. */
    void create(ConnectionDefinition definition) throws CallFailedException;

    /** Replaces the definition of a connection. */
    void update(ConnectionDefinition definition) throws CallFailedException;

    /** The settings of a connection, as in {@link ConnectionDefinition#settings}; never a password. */
    Map<String, String> settings(String name) throws CallFailedException;
}
