package io.github.redshiftquerylogs.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import io.github.redshiftquerylogs.settings.ParameterText;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A secret in Secrets Manager with the user and password of a database: JSON with {@code username} and {@code
 * password}, like the secrets that Redshift manages.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 *
 * @param arn the ARN of the secret
 * @param clients creates clients of Secrets Manager
 */
public record SecretCredentials(String arn, ServiceClient<SecretsManagerClient> clients) implements Serializable {

    /** Creates clients from the SDK's standard environment. */
    public record StandardClients() implements ServiceClient<SecretsManagerClient> {

        @Override
        public SecretsManagerClient create() {
            return SecretsManagerClient.create();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPECTED = ": expected a secret whose text is JSON with username and password";

    /**
     * Reads the current user and password.
     *
     * @throws SourceException if the secret cannot be read or lacks them; its content is never part of the message
     */
    public DatabaseCredentials read() {
        try (SecretsManagerClient client = clients.create()) {
            return parse(client.getSecretValue(get -> get.secretId(arn)).secretString());
        } catch (ResourceNotFoundException e) {
            throw SourceException.of(
                    FailureCategory.CREDENTIALS, "secret " + arn + " does not exist (" + reason(e) + ")" + EXPECTED);
        } catch (SdkException e) {
            throw SourceException.of(
                    readFailure(e),
                    "cannot read secret " + arn + ": " + e.getMessage()
                            + ": expected that the role of the job has secretsmanager:GetSecretValue on it (and kms:Decrypt on"
                            + " its key), and a way to Secrets Manager");
        }
    }

    private static FailureCategory readFailure(SdkException e) {
        return e instanceof AwsServiceException ? FailureCategory.PERMISSION : FailureCategory.NETWORK;
    }

    private static String reason(ResourceNotFoundException e) {
        return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
    }

    private DatabaseCredentials parse(@Nullable String text) {
        if (text == null) {
            throw SourceException.of(FailureCategory.CREDENTIALS, "secret " + arn + " is binary" + EXPECTED);
        }
        JsonNode secret;
        try {
            secret = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // without the cause, which repeats the content
            throw SourceException.of(FailureCategory.CREDENTIALS, "secret " + arn + " is no JSON" + EXPECTED);
        }
        return new DatabaseCredentials(field(secret, "username"), field(secret, "password"));
    }

    /** A text without the blanks and line ends around it, which do not count in parameters either. */
    private String field(JsonNode secret, String name) {
        String value = ParameterText.trim(secret.path(name).asText());
        // a null would be the text "null"
        if (value.isEmpty() || !secret.path(name).isTextual()) {
            throw SourceException.of(FailureCategory.CREDENTIALS, "secret " + arn + " has no " + name + EXPECTED);
        }
        ParameterText.invisible(value).ifPresent(character -> {
            throw SourceException.of(
                    FailureCategory.CREDENTIALS,
                    "secret " + arn + " has a " + name + " that contains " + character + EXPECTED);
        });
        return value;
    }
}
