package io.github.redshiftquerylogs.infra.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.infra.NodeModules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A handler in a Node process of its own, which finds AWS at a given address. */
final class HandlerProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String handler;
    private final URI endpoint;
    private final Map<String, String> variables;

    HandlerProcess(String handler, URI endpoint) throws IOException, InterruptedException {
        this(handler, endpoint, Map.of());
    }

    /** @param variables more of them, such as {@code AWS_ENDPOINT_URL_EC2} */
    HandlerProcess(String handler, URI endpoint, Map<String, String> variables)
            throws IOException, InterruptedException {
        this.handler = handler;
        this.endpoint = endpoint;
        this.variables = variables;
        NodeModules.install();
    }

    JsonNode create(Map<String, Object> properties) throws IOException, InterruptedException {
        return invoke("Create", properties, 60);
    }

    /**
     * Sends one event of CloudFormation and waits.
     *
     * @throws HandlerFailedException with the error's text
     */
    JsonNode invoke(String requestType, Map<String, Object> properties, int secondsLeft)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        "src/test/resources/invoke.mjs",
                        "src/main/handlers/" + handler + "/index.mjs",
                        Integer.toString(secondsLeft))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", endpoint.toString(),
                        "AWS_REGION", "eu-central-1",
                        "AWS_ACCESS_KEY_ID", "local",
                        "AWS_SECRET_ACCESS_KEY", "local-secret",
                        "POLL_MILLIS", "20"));
        builder.environment().putAll(variables);
        Process node = builder.start();
        Map<String, Object> event = new HashMap<>(Map.of("RequestType", requestType, "ResourceProperties", properties));
        try (OutputStream input = node.getOutputStream()) {
            input.write(JSON.writeValueAsBytes(event));
        }
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!node.waitFor(1, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new HandlerFailedException("still running");
        }
        if (node.exitValue() != 0) {
            throw new HandlerFailedException(output.strip());
        }
        return JSON.readTree(output);
    }
}
