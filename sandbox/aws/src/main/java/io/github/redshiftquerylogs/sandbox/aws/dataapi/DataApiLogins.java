package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretsManager;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.SQLException;

/**
 * The database user of a statement: the user of a secret, {@code DbUser} with temporary credentials, or the user of the
 * caller's IAM identity. The name of the latter is {@code IAMR:} and the access key id, which replaces the role's name here;
 * it is created at its first statement and sees its own rows only, unless it is granted more.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-access.html">authorizing access</a>
 */
final class DataApiLogins {

    private final SecretsManager secrets;

    DataApiLogins(SecretsManager secrets) {
        this.secrets = secrets;
    }

    /**
     * A login to the database.
     *
     * @param user the database user
     * @param sessions opens a session as that user
     */
    record Login(String user, DataStatement.Sessions sessions) {}

    /** @throws AwsError if the request names no user, or the secret cannot be used */
    Login of(JsonNode request, String database, EmbeddedRedshift redshift, String accessKeyId) {
        String secret = request.path("SecretArn").asText("");
        String user = request.path("DbUser").asText("");
        if (!secret.isEmpty()) {
            return bySecret(secret, database, redshift);
        }
        if (!user.isEmpty()) {
            if (request.hasNonNull("WorkgroupName")) {
                throw DataApi.invalid("DbUser is not supported with WorkgroupName.");
            }
            return byTemporaryCredentials(user, database, redshift);
        }
        if (accessKeyId.isEmpty()) {
            throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
        }
        return byIdentity("IAMR:" + accessKeyId, database, redshift);
    }

    private Login bySecret(String secret, String database, EmbeddedRedshift redshift) {
        JsonNode value;
        try {
            value = Json.MAPPER.readTree(secrets.currentValue(secret));
        } catch (JsonProcessingException e) {
            throw DataApi.invalid("The secret is not JSON.");
        } catch (AwsError e) {
            throw DataApi.invalid(e.message());
        }
        String user = value.path("username").asText("");
        String password = value.path("password").asText("");
        if (user.isEmpty() || password.isEmpty()) {
            throw DataApi.invalid("The secret has no username or no password.");
        }
        return new Login(user, () -> redshift.open(database, user, password));
    }

    /** As in Redshift, any name gets credentials; the connection is refused if the user does not exist. */
    private static Login byTemporaryCredentials(String user, String database, EmbeddedRedshift redshift) {
        return new Login(user, () -> {
            if (!redshift.users().has(user)) {
                throw new SQLException("user \"IAM:" + user + "\" does not exist", "28000");
            }
            return redshift.openAs(database, user);
        });
    }

    private static Login byIdentity(String user, String database, EmbeddedRedshift redshift) {
        return new Login(user, () -> {
            redshift.users().createIfAbsent(user);
            return redshift.openAs(database, user);
        });
    }
}
