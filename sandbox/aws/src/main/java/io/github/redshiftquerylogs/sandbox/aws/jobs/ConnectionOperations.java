package io.github.redshiftquerylogs.sandbox.aws.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Glue connections. */
public final class ConnectionOperations {

    private static final String NAME = "Name";

    private final Clock clock;
    private final Map<String, ObjectNode> connections = new TreeMap<>();

    public ConnectionOperations(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "CreateConnection", this::create,
                "GetConnection", this::get,
                "GetConnections", this::getAll,
                "UpdateConnection", this::update,
                "DeleteConnection", this::delete);
    }

    private synchronized JsonNode create(JsonNode request) {
        ObjectNode connection = checked(request);
        String name = connection.path(NAME).asText();
        if (connections.containsKey(name)) {
            throw new AwsError("AlreadyExistsException", "Connection " + name + " already exists.");
        }
        connection.set("CreationTime", Json.time(clock.instant()));
        connections.put(name, updated(connection));
        return Json.object().put("CreateConnectionStatus", "READY");
    }

    private synchronized JsonNode get(JsonNode request) {
        return Json.object().set("Connection", render(existing(request), request));
    }

    private synchronized JsonNode getAll(JsonNode request) {
        String type = request.path("Filter").path("ConnectionType").asText("");
        List<ObjectNode> found = connections.values().stream()
                .filter(connection -> type.isEmpty()
                        || connection.path("ConnectionType").asText().equals(type))
                .map(connection -> render(connection, request))
                .toList();
        return Page.of("ConnectionList", found, request);
    }

    private synchronized JsonNode update(JsonNode request) {
        ObjectNode old = existing(request);
        ObjectNode connection = checked(request);
        connection.set("CreationTime", old.get("CreationTime"));
        connections.remove(old.path(NAME).asText());
        connections.put(connection.path(NAME).asText(), updated(connection));
        return Json.object();
    }

    private synchronized JsonNode delete(JsonNode request) {
        String name = Json.text(request, "ConnectionName");
        if (connections.remove(name) == null) {
            throw notFound(name);
        }
        return Json.object();
    }

    private ObjectNode existing(JsonNode request) {
        String name = Json.text(request, NAME);
        ObjectNode connection = connections.get(name);
        if (connection == null) {
            throw notFound(name);
        }
        return connection;
    }

    private static AwsError notFound(String name) {
        return new AwsError("EntityNotFoundException", "Connection " + name + " not found.");
    }

    private static ObjectNode checked(JsonNode request) {
        ObjectNode connection = Json.copy(request.path("ConnectionInput"));
        Json.text(connection, NAME);
        Json.text(connection, "ConnectionType");
        return connection;
    }

    private ObjectNode updated(ObjectNode connection) {
        return connection.set("LastUpdatedTime", Json.time(clock.instant()));
    }

    private static ObjectNode render(ObjectNode connection, JsonNode request) {
        ObjectNode rendered = connection.deepCopy();
        if (request.path("HidePassword").asBoolean(false)
                && rendered.get("ConnectionProperties") instanceof ObjectNode properties) {
            properties.remove("PASSWORD");
        }
        return rendered;
    }
}
