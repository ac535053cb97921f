package io.github.redshiftquerylogs.sandbox.aws.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.LocalArns;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Secrets Manager: secrets by name or ARN, with versions and stages. Values are in memory only. */
public final class SecretsManager {

    private static final String CURRENT = "AWSCURRENT";
    private static final String PREVIOUS = "AWSPREVIOUS";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;
    private static final int DEFAULT_RECOVERY_DAYS = 30;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Secret> secrets = new TreeMap<>();

    private static final class Secret {
        final String name;
        final String arn;
        final Instant created;
        final Map<String, Version> versions = new LinkedHashMap<>();
        Instant changed;

        @Nullable Instant deletion;

        Secret(String name, String arn, Instant created) {
            this.name = name;
            this.arn = arn;
            this.created = created;
            this.changed = created;
        }

        Optional<Version> staged(String stage) {
            return versions.values().stream()
                    .filter(version -> version.stages.contains(stage))
                    .findFirst();
        }
    }

    private record Version(String id, String value, Instant created, List<String> stages) {}

    public SecretsManager(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "CreateSecret", this::create,
                "GetSecretValue", this::getValue,
                "PutSecretValue", this::putValue,
                "DescribeSecret", this::describe,
                "DeleteSecret", this::delete);
    }

    /**
     * The current value of a secret.
     *
     * @throws AwsError ResourceNotFoundException if the secret does not exist
     */
    public synchronized String currentValue(String nameOrArn) {
        return version(inUse(nameOrArn), "", CURRENT).value;
    }

    private synchronized JsonNode create(JsonNode request) {
        String name = required(request, "Name");
        if (secrets.containsKey(name)) {
            throw new AwsError(
                    "ResourceExistsException", "The operation failed because the secret " + name + " already exists.");
        }
        Secret secret =
                new Secret(name, LocalArns.of("secretsmanager", "secret:" + name + "-" + suffix()), clock.instant());
        secrets.put(name, secret);
        ObjectNode reply = header(secret);
        if (request.hasNonNull("SecretString")) {
            reply.put("VersionId", add(secret, request).id);
        }
        return reply;
    }

    private synchronized JsonNode getValue(JsonNode request) {
        Secret secret = inUse(required(request, "SecretId"));
        Version version = version(
                secret,
                request.path("VersionId").asText(""),
                request.path("VersionStage").asText(""));
        ObjectNode reply = header(secret).put("VersionId", version.id).put("SecretString", version.value);
        reply.set("VersionStages", Json.texts(version.stages));
        reply.set("CreatedDate", Json.time(version.created));
        return reply;
    }

    /** The new version becomes the current one, and the current one the previous. */
    private synchronized JsonNode putValue(JsonNode request) {
        Secret secret = inUse(required(request, "SecretId"));
        required(request, "SecretString");
        Version version = add(secret, request);
        ObjectNode reply = header(secret).put("VersionId", version.id);
        reply.set("VersionStages", Json.texts(version.stages));
        return reply;
    }

    private synchronized JsonNode describe(JsonNode request) {
        Secret secret = existing(required(request, "SecretId"));
        ObjectNode reply = header(secret);
        reply.set("CreatedDate", Json.time(secret.created));
        reply.set("LastChangedDate", Json.time(secret.changed));
        if (secret.deletion != null) {
            reply.set("DeletedDate", Json.time(secret.deletion));
        }
        ObjectNode stages = reply.putObject("VersionIdsToStages");
        secret.versions.values().stream()
                .filter(version -> !version.stages.isEmpty())
                .forEach(version -> stages.set(version.id, Json.texts(version.stages)));
        return reply;
    }

    private synchronized JsonNode delete(JsonNode request) {
        Secret secret = inUse(required(request, "SecretId"));
        boolean atOnce = request.path("ForceDeleteWithoutRecovery").asBoolean(false);
        int days = atOnce ? 0 : request.path("RecoveryWindowInDays").asInt(DEFAULT_RECOVERY_DAYS);
        secret.deletion = clock.instant().plus(Duration.ofDays(days));
        if (atOnce) {
            secrets.remove(secret.name);
        }
        ObjectNode reply = header(secret);
        reply.set("DeletionDate", Json.time(secret.deletion));
        return reply;
    }

    private Version add(Secret secret, JsonNode request) {
        String id = request.path("ClientRequestToken").asText(UUID.randomUUID().toString());
        String value = request.path("SecretString").asText();
        Version old = secret.versions.get(id);
        if (old != null) {
            if (!old.value.equals(value)) {
                throw new AwsError(
                        "ResourceExistsException",
                        "You can't use ClientRequestToken " + id + " because that value is already in use.");
            }
            return old;
        }
        secret.staged(CURRENT).ifPresent(current -> {
            secret.staged(PREVIOUS).ifPresent(previous -> previous.stages.remove(PREVIOUS));
            current.stages.remove(CURRENT);
            current.stages.add(PREVIOUS);
        });
        secret.changed = clock.instant();
        Version added = new Version(id, value, secret.changed, new ArrayList<>(List.of(CURRENT)));
        secret.versions.put(id, added);
        return added;
    }

    private static Version version(Secret secret, String id, String stage) {
        String wanted = id.isEmpty() && stage.isEmpty() ? CURRENT : stage;
        return secret.versions.values().stream()
                .filter(version -> id.isEmpty() || version.id.equals(id))
                .filter(version -> wanted.isEmpty() || version.stages.contains(wanted))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for "
                                + (id.isEmpty() ? "staging label: " + wanted : "VersionId: " + id)));
    }

    private Secret inUse(String nameOrArn) {
        Secret secret = existing(nameOrArn);
        if (secret.deletion != null) {
            throw new AwsError(
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    /** By name, by ARN, or by ARN without its six random characters. */
    private Secret existing(String nameOrArn) {
        return secrets.values().stream()
                .filter(secret -> secret.name.equals(nameOrArn)
                        || secret.arn.equals(nameOrArn)
                        || secret.arn
                                .substring(0, secret.arn.length() - SUFFIX_LENGTH - 1)
                                .equals(nameOrArn))
                .findFirst()
                .orElseThrow(() ->
                        new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    private static ObjectNode header(Secret secret) {
        return Json.object().put("ARN", secret.arn).put("Name", secret.name);
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    private static String required(JsonNode request, String field) {
        String text = request.path(field).asText("");
        if (text.isEmpty()) {
            throw new AwsError(
                    "ValidationException",
                    "1 validation error detected: Value null at '" + field
                            + "' failed to satisfy constraint: Member must not be null");
        }
        return text;
    }
}
