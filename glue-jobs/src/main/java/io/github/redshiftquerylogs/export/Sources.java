package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.RedactedException;
import io.github.redshiftquerylogs.failure.SettingsException;
import io.github.redshiftquerylogs.redshift.DataApiSource;
import io.github.redshiftquerylogs.redshift.JdbcAddress;
import io.github.redshiftquerylogs.redshift.JdbcAddressLookup;
import io.github.redshiftquerylogs.redshift.JdbcSource;
import io.github.redshiftquerylogs.redshift.SecretCredentials;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Finds the way to a cluster that its settings name.
 *
 * @param settings for passwords that are in parameters
 * @param connections where addresses are
 */
record Sources(SettingsReader settings, JdbcAddressLookup connections) {

    /**
     * The cluster. A password or a secret is read now.
     *
     * @throws SettingsException if nobody has said yet how it is reached
     */
    Source of(ClusterSettings cluster, String runId, Duration statementTimeout) {
        if (cluster.connection() instanceof ClusterConnection.DataApi dataApi) {
            return DataApiSource.of(
                    dataApi, cluster.authentication(), runId, statementTimeout, new DataApiSource.StandardClients());
        }
        if (cluster.connection() instanceof ClusterConnection.Glue glue) {
            return overJdbc(cluster, connections.address(glue.name()), statementTimeout);
        }
        throw new SettingsException(ParameterNames.connection(cluster.name())
                + " is missing: expected that the orchestrator has recorded the Glue connection that it makes for the"
                + " cluster of this name, or a value by hand");
    }

    private Source overJdbc(ClusterSettings cluster, JdbcAddress address, Duration statementTimeout) {
        if (cluster.authentication() instanceof Authentication.Secret secret) {
            return JdbcSource.withSecret(
                    address,
                    new SecretCredentials(secret.arn(), new SecretCredentials.StandardClients()),
                    statementTimeout);
        }
        return JdbcSource.withPassword(address, readCredentials(cluster.name()), statementTimeout);
    }

    /** An unexpected exception on this way may repeat the password, which no source can remove yet. */
    private DatabaseCredentials readCredentials(ClusterName cluster) {
        try {
            return settings.readCredentials(cluster);
        } catch (InvalidSettingsException | AwsServiceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw RedactedException.of(e, message -> "(message withheld, it may repeat a password)");
        }
    }
}
