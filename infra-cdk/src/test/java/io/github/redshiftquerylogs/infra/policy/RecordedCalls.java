package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Translates requests recorded by the local AWS to calls that IAM evaluates: each action on each resource that the
 * service checks (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 */
public final class RecordedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = REGION + ":000000000000:";

    private RecordedCalls() {}

    /**
     * The calls, without duplicates.
     *
     * @throws IllegalArgumentException if the resources of a request are not known here
     */
    public static List<Call> of(List<io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall> recorded) {
        List<Call> calls = new ArrayList<>();
        for (io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall call : recorded) {
            switch (call.service()) {
                case "ssm" -> ssm(call.operation(), json(call.body())).forEach(calls::add);
                case "glue" -> glue(call.operation(), json(call.body())).forEach(calls::add);
                case "secretsmanager" ->
                    secretsManager(call.operation(), json(call.body())).forEach(calls::add);
                case "redshift-data" ->
                    dataApi(call.operation(), json(call.body())).forEach(calls::add);
                case "dynamodb" -> dynamoDb(call.operation(), json(call.body())).forEach(calls::add);
                case "s3" ->
                    S3Calls.of(call.operation(), call.target(), call.amzHeaders(), call.body())
                            .forEach(calls::add);
                case "redshift" -> calls.add(Call.of("redshift:" + call.operation(), "*"));
                default -> throw new IllegalArgumentException("resources of " + call);
            }
        }
        return calls.stream()
                .map(call -> call.with("aws:RequestedRegion", REGION))
                .distinct()
                .toList();
    }

    private static Stream<Call> ssm(String operation, JsonNode request) {
        String action = "ssm:" + operation;
        return switch (operation) {
            case "GetParameters" ->
                texts(request.path("Names")).stream()
                        .flatMap(name ->
                                Stream.concat(Stream.of(Call.of(action, parameter(name))), decryption(request, name)));
            case "PutParameter" -> {
                String name = request.path("Name").asText();
                Call put = Call.of(action, parameter(name))
                        .with("ssm:Overwrite", request.path("Overwrite").asText("false"));
                yield request.path("Type").asText().equals("SecureString")
                        ? Stream.of(put, encryption(request.path("KeyId").asText(), name))
                        : Stream.of(put);
            }
            default -> throw new IllegalArgumentException("resources of " + action);
        };
    }

    /** Parameter Store decrypts a SecureString with the caller's permissions. */
    private static Stream<Call> decryption(JsonNode request, String parameter) {
        return request.path("WithDecryption").asBoolean() && parameter.endsWith(".password")
                ? Stream.of(decrypt("ssm").with("kms:EncryptionContext:PARAMETER_ARN", parameter(parameter)))
                : Stream.empty();
    }

    /** Parameter Store encrypts a SecureString with the caller's permissions. */
    private static Call encryption(String key, String parameter) {
        return Call.of("kms:Encrypt", key)
                .with("kms:ViaService", "ssm." + REGION + ".amazonaws.com")
                .with("kms:EncryptionContext:PARAMETER_ARN", parameter(parameter));
    }

    /** The secret has our tag and is encrypted with a key of the account. */
    private static Stream<Call> secretsManager(String operation, JsonNode request) {
        String action = "secretsmanager:" + operation;
        if (!operation.equals("GetSecretValue")) {
            throw new IllegalArgumentException("resources of " + action);
        }
        String arn = request.path("SecretId").asText();
        return Stream.of(
                Call.of(action, arn).with("secretsmanager:ResourceTag/redshift_query_logs", "true"),
                decrypt("secretsmanager").with("kms:EncryptionContext:SecretARN", arn));
    }

    private static Call decrypt(String service) {
        return Call.of("kms:Decrypt", "arn:aws:kms:" + ACCOUNT + "key/1")
                .with("kms:ViaService", service + "." + REGION + ".amazonaws.com");
    }

    /** A provisioned cluster, whose temporary credentials need the caller's permissions. */
    private static Stream<Call> dataApi(String operation, JsonNode request) {
        String action = "redshift-data:" + operation;
        return switch (operation) {
            case "BatchExecuteStatement" -> {
                if (!request.path("DbUser").isMissingNode()
                        || !request.path("SecretArn").isMissingNode()
                        || !request.path("WorkgroupName").isMissingNode()) {
                    throw new IllegalArgumentException("credentials of " + action);
                }
                String cluster = request.path("ClusterIdentifier").asText();
                String database = request.path("Database").asText();
                yield Stream.of(
                        Call.of(action, "arn:aws:redshift:" + ACCOUNT + "cluster:" + cluster),
                        Call.of(
                                "redshift:GetClusterCredentialsWithIAM",
                                "arn:aws:redshift:" + ACCOUNT + "dbname:" + cluster + "/" + database));
            }
            case "DescribeStatement", "GetStatementResult", "ListStatements", "CancelStatement" ->
                Stream.of(Call.of(action, "*")
                        .with("aws:userid", "job")
                        .with("redshift-data:statement-owner-iam-userid", "job"));
            default -> throw new IllegalArgumentException("resources of " + action);
        };
    }

    private static Stream<Call> dynamoDb(String operation, JsonNode request) {
        String action = "dynamodb:" + operation;
        if (request.has("IndexName")) {
            throw new IllegalArgumentException("resources of " + action + " with an index");
        }
        Stream<String> tables = switch (operation) {
            case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan" ->
                Stream.of(request.path("TableName").asText());
            case "BatchGetItem", "BatchWriteItem" ->
                request.path("RequestItems").properties().stream().map(Map.Entry::getKey);
            default -> throw new IllegalArgumentException("resources of " + action);
        };
        return tables.map(table -> Call.of(action, "arn:aws:dynamodb:" + ACCOUNT + "table/" + table));
    }

    private static Stream<Call> glue(String operation, JsonNode request) {
        String action = "glue:" + operation;
        return switch (operation) {
            case "GetJobs" -> Stream.of(Call.of(action, "*"));
            case "StartJobRun", "GetJob", "GetJobRun", "UpdateJob", "DeleteJob" ->
                Stream.concat(
                        Stream.of(Call.of(action, job(request.path("JobName").asText()))), passedRole(request));
            case "CreateJob" ->
                Stream.concat(
                        Stream.of(
                                Call.of(action, job(request.path("Name").asText())),
                                // a job that is created with tags
                                Call.of(
                                        "glue:TagResource",
                                        job(request.path("Name").asText()))),
                        passedRole(request));
            case "GetConnection" -> connection(action, request.path("Name").asText());
            case "GetDatabase" -> database(action, request.path("Name").asText());
            case "CreateDatabase" ->
                database(action, request.at("/DatabaseInput/Name").asText());
            case "GetTable" ->
                table(
                        action,
                        request.path("DatabaseName").asText(),
                        request.path("Name").asText());
            case "CreateTable", "UpdateTable" ->
                table(
                        action,
                        request.path("DatabaseName").asText(),
                        request.at("/TableInput/Name").asText());
            // the connection that is created is no resource of the action
            case "CreateConnection" -> Stream.of(Call.of(action, "arn:aws:glue:" + ACCOUNT + "catalog"));
            case "UpdateConnection" ->
                connection(action, request.at("/ConnectionInput/Name").asText());
            default -> throw new IllegalArgumentException("resources of " + action);
        };
    }

    /** Creating or updating a job passes its role to Glue. */
    private static Stream<Call> passedRole(JsonNode request) {
        return request.findValuesAsText("Role").stream()
                .map(role -> Call.of("iam:PassRole", "arn:aws:iam::000000000000:role/" + role)
                        .with("iam:PassedToService", "glue.amazonaws.com"));
    }

    private static Stream<Call> database(String action, String name) {
        return Stream.of("catalog", "database/" + name)
                .map(resource -> Call.of(action, "arn:aws:glue:" + ACCOUNT + resource));
    }

    private static Stream<Call> table(String action, String database, String name) {
        return Stream.concat(
                database(action, database),
                Stream.of(Call.of(action, "arn:aws:glue:" + ACCOUNT + "table/" + database + "/" + name)));
    }

    private static Stream<Call> connection(String action, String name) {
        return Stream.of("catalog", "connection/" + name)
                .map(resource -> Call.of(action, "arn:aws:glue:" + ACCOUNT + resource));
    }

    private static String job(String name) {
        return "arn:aws:glue:" + ACCOUNT + "job/" + name;
    }

    private static String parameter(String name) {
        return "arn:aws:ssm:" + ACCOUNT + "parameter/" + name;
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request that is no JSON", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
