package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SettingsException;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;

/**
 * A cluster that is reached through the Data API, without a network connection and without a password.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html
 *
 * @param name the name of this run's statements
 * @param connection the cluster or workgroup, and its database
 * @param user the database user, if one is configured
 * @param secretArn the secret with the user, if there is one
 * @param statementTimeout the database cancels a statement after this time, also if this run has died
 * @param clients creates clients of the Data API
 */
public record DataApiSource(
        StatementName name,
        ClusterConnection.DataApi connection,
        @Nullable String user,
        @Nullable String secretArn,
        Duration statementTimeout,
        ServiceClient<RedshiftDataClient> clients)
        implements Source {

    /** Creates clients from the SDK's standard environment. */
    public record StandardClients() implements ServiceClient<RedshiftDataClient> {

        @Override
        public RedshiftDataClient create() {
            return RedshiftDataClient.create();
        }
    }

    /**
     * The source for a connection and an authentication.
     *
     * @throws SettingsException if the authentication is a password, which the Data API does not accept
     */
    public static DataApiSource of(
            StatementName name,
            ClusterConnection.DataApi connection,
            Authentication authentication,
            Duration statementTimeout,
            ServiceClient<RedshiftDataClient> clients) {
        if (authentication instanceof Authentication.Password) {
            throw new SettingsException(
                    connection + ": a password cannot be used with the Data API: expected a secret, a user or neither");
        }
        return new DataApiSource(
                name,
                connection,
                authentication instanceof Authentication.TemporaryCredentials temporary ? temporary.user() : null,
                authentication instanceof Authentication.Secret secret ? secret.arn() : null,
                statementTimeout,
                clients);
    }

    @Override
    public Way way() {
        return Way.DATA_API;
    }

    /** The Region whose Data API is called. */
    @Override
    public Optional<String> region() {
        try (RedshiftDataClient client = clients.create()) {
            return Optional.of(client.serviceClientConfiguration().region().id());
        }
    }

    @Override
    public boolean serverless() {
        return connection.serverless();
    }

    /**
     * Cancels what a run that died has left running: nobody waits for its results, and its UNLOAD would go on beside this
     * run. Failing to do so is no failure of this run, because the database ends these statements at their timeout.
     */
    @Override
    public List<String> begin() {
        try (RedshiftDataClient client = clients.create()) {
            return new AbandonedStatements(this, client).cancel();
        }
    }

    @Override
    public Source inDatabase(String database) {
        return new DataApiSource(
                name,
                new ClusterConnection.DataApi(connection.serverless(), connection.warehouse(), database),
                user,
                secretArn,
                statementTimeout,
                clients);
    }

    @Override
    public SourceSession open(String purpose) {
        // the same statement in another database is no repetition
        return new SourceSession(
                new DataApiStatements(this, clients.create(), purpose + " in " + connection.database()),
                (connection.serverless() ? "workgroup:" : "cluster:") + connection.warehouse());
    }

    /** The user, for messages. */
    String userName() {
        if (user != null) {
            return user;
        }
        return secretArn == null ? "the job's IAM identity" : "the user of secret " + secretArn;
    }

    /** For the user by its name, if that is known before the cluster is asked. */
    Remedy remedy() {
        return new Remedy(user, connection.serverless());
    }

    /** Sets the cluster, the database and the user of a request. */
    void address(BatchExecuteStatementRequest.Builder request) {
        request.database(connection.database()).secretArn(secretArn).dbUser(user);
        if (connection.serverless()) {
            request.workgroupName(connection.warehouse());
        } else {
            request.clusterIdentifier(connection.warehouse());
        }
    }

    /** Returns the text unchanged: no secret is read into this process. */
    @Override
    public String redact(String text) {
        return text;
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
