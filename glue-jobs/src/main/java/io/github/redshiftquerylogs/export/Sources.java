package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.failure.RedactedException;
import io.github.redshiftquerylogs.failure.SettingsException;
import io.github.redshiftquerylogs.redshift.DataApiSource;
import io.github.redshiftquerylogs.redshift.JdbcAddress;
import io.github.redshiftquerylogs.redshift.JdbcAddressLookup;
import io.github.redshiftquerylogs.redshift.JdbcSource;
import io.github.redshiftquerylogs.redshift.SecretCredentials;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.StatementName;
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
 * Opens the way to a cluster that its settings describe.
 *
 * @param settings reads passwords from Parameter Store
 * @param connections reads addresses from Glue connections
 */
record Sources(SettingsReader settings, JdbcAddressLookup connections) {

    /**
     * The source of a cluster. Its password or secret is read here.
     *
     * @throws SettingsException if the settings do not say how the cluster is reached
     */
    Source of(ClusterSettings cluster, String runId, Duration statementTimeout) {
        StatementName name = new StatementName(cluster.name(), runId);
        if (cluster.connection() instanceof ClusterConnection.DataApi dataApi) {
            return DataApiSource.of(
                    name, dataApi, cluster.authentication(), statementTimeout, new DataApiSource.StandardClients());
        }
        if (cluster.connection() instanceof ClusterConnection.Glue glue) {
            return overJdbc(cluster, name, connections.address(glue.name()), statementTimeout);
        }
        throw new SettingsException(ParameterNames.connection(cluster.name())
                + " is missing: expected the name of a Glue connection, recorded by the orchestrator for the cluster of"
                + " this name, or set by hand");
    }

    private Source overJdbc(
            ClusterSettings cluster, StatementName name, JdbcAddress address, Duration statementTimeout) {
        if (cluster.authentication() instanceof Authentication.Secret secret) {
            return JdbcSource.withSecret(
                    name,
                    address,
                    new SecretCredentials(secret.arn(), new SecretCredentials.StandardClients()),
                    statementTimeout);
        }
        return JdbcSource.withPassword(name, address, readCredentials(cluster.name()), statementTimeout);
    }

    /**
     * The message of an unexpected exception is withheld: it may repeat the password, which no {@link Source} can
     * redact yet.
     */
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
