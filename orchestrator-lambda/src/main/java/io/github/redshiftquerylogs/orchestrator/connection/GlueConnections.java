package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import java.util.Map;

/** Connections of Glue, as far as the Lambda makes them. Every call is made once. */
public interface GlueConnections {

    /** Creates a connection. */
    void create(ConnectionDefinition definition) throws CallFailedException;

    /** Puts a definition in place of that which a connection has. */
    void update(ConnectionDefinition definition) throws CallFailedException;

    /** What a connection looks like, in the terms of {@link ConnectionDefinition#settings}; never a password. */
    Map<String, String> settings(String name) throws CallFailedException;
}
