package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SettingsException;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/** Reads the JDBC addresses of clusters from Glue connections. Credentials in a connection are not used. */
public final class JdbcAddressLookup {

    private final GlueClient glue;

    /** @param glue the client; the caller closes it */
    public JdbcAddressLookup(GlueClient glue) {
        this.glue = glue;
    }

    /**
     * The address in a connection.
     *
     * @throws SettingsException if there is no such connection, or it has no usable address
     */
    public JdbcAddress address(String connection) {
        Map<ConnectionPropertyKey, String> properties;
        try {
            properties = glue.getConnection(request -> request.name(connection).hidePassword(true))
                    .connection()
                    .connectionProperties();
        } catch (EntityNotFoundException e) {
            throw new SettingsException(
                    "Glue connection '" + connection + "' does not exist: expected a JDBC connection", e);
        }
        String url = properties.get(ConnectionPropertyKey.JDBC_CONNECTION_URL);
        if (url == null) {
            throw new SettingsException("Glue connection '" + connection + "' has no "
                    + ConnectionPropertyKey.JDBC_CONNECTION_URL + ": expected a JDBC connection");
        }
        try {
            return new JdbcAddress(url);
        } catch (SettingsException e) {
            throw new SettingsException("Glue connection '" + connection + "': " + e.getMessage());
        }
    }
}
