package io.github.redshiftquerylogs.infra.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.infra.NodeModules;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A handler in Node, with AWS at a given address. */
final class Handler {

    private final String name;
    private final Map<String, String> variables;

    Handler(String name, URI endpoint) throws IOException, InterruptedException {
        this(name, endpoint, Map.of());
    }

    /** @param variables further environment variables, such as {@code AWS_ENDPOINT_URL_EC2} */
    Handler(String name, URI endpoint, Map<String, String> variables) throws IOException, InterruptedException {
        this.name = name;
        this.variables = new HashMap<>(variables);
        this.variables.putAll(Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local-secret",
                "POLL_MILLIS", "20"));
        NodeModules.install();
    }

    JsonNode create(Map<String, Object> properties) throws IOException, InterruptedException {
        return invoke("Create", properties, 60);
    }

    /**
     * Sends an event of CloudFormation and waits for the result.
     *
     * @throws HandlerFailedException with the error's text
     */
    JsonNode invoke(String requestType, Map<String, Object> properties, int secondsLeft)
            throws IOException, InterruptedException {
        return NodeProcess.call(Map.of(
                "file",
                "src/main/handlers/" + name + "/index.mjs",
                "event",
                Map.of("RequestType", requestType, "ResourceProperties", properties),
                "seconds",
                secondsLeft,
                "variables",
                variables));
    }
}
