package io.github.redshiftquerylogs.infra.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls that the local AWS endpoint has recorded, as IAM judges them: each action on each resource that the service
 * checks (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 */
public final class RecordedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGION = "eu-central-1";
    private static final String ACCOUNT = REGION + ":000000000000:";

    private RecordedCalls() {}

    /**
     * Each call once.
     *
     * @throws IllegalArgumentException if a call is one whose resources are not known here
     */
    public static List<Call> of(List<io.github.redshiftquerylogs.sandbox.aws.Call> recorded) {
        List<Call> calls = new ArrayList<>();
        for (io.github.redshiftquerylogs.sandbox.aws.Call call : recorded) {
            switch (call.service()) {
                case "ssm" -> ssm(call.operation(), json(call.body())).forEach(calls::add);
                case "glue" -> glue(call.operation(), json(call.body())).forEach(calls::add);
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
            case "GetParameters" -> texts(request.path("Names")).stream().map(name -> Call.of(action, parameter(name)));
            case "PutParameter" ->
                Stream.of(Call.of(action, parameter(request.path("Name").asText()))
                        .with("ssm:Overwrite", request.path("Overwrite").asText("false")));
            default -> throw new IllegalArgumentException("resources of " + action);
        };
    }

    private static Stream<Call> glue(String operation, JsonNode request) {
        String action = "glue:" + operation;
        return switch (operation) {
            case "StartJobRun", "GetJob", "UpdateJob" ->
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
            case "CreateConnection", "UpdateConnection" ->
                connection(action, request.at("/ConnectionInput/Name").asText());
            default -> throw new IllegalArgumentException("resources of " + action);
        };
    }

    /** Who defines a job passes its role to Glue. */
    private static Stream<Call> passedRole(JsonNode request) {
        return request.findValuesAsText("Role").stream()
                .map(role -> Call.of("iam:PassRole", "arn:aws:iam::000000000000:role/" + role)
                        .with("iam:PassedToService", "glue.amazonaws.com"));
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
