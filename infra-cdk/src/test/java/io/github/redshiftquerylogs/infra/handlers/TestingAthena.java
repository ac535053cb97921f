package io.github.redshiftquerylogs.infra.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Athena's JSON protocol with states given by a test. It runs no statement; a statement ends once each of its states was
 * returned. A start of another one before that is recorded.
 */
final class TestingAthena implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, List<String>> statesByStatement = new HashMap<>();
    private final Map<String, JsonNode> refusals = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, Deque<String>> pending = new HashMap<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    TestingAthena() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The states of a statement, one per request; the last one is repeated. By default it succeeds at once. */
    void states(String sql, String... states) {
        statesByStatement.put(sql, List.of(states));
    }

    /** Makes a statement fail with a reason. */
    void fails(String sql, String reason) {
        states(sql, "RUNNING", "FAILED");
        reasons.put(sql, reason);
    }

    /** Makes Athena refuse to start a statement. */
    void refuses(String sql, String type, String reason) {
        refusals.put(sql, JSON.createObjectNode().put("__type", type).put("Message", reason));
    }

    /** The starts, ends and stops of statements, in order. */
    List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            JsonNode reply = switch (target) {
                case "AmazonAthena.StartQueryExecution" -> start(request);
                case "AmazonAthena.GetQueryExecution" -> get(request);
                case "AmazonAthena.StopQueryExecution" -> stop(request);
                default -> throw new IOException("no operation " + target);
            };
            byte[] bytes = JSON.writeValueAsBytes(reply);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(reply.has("__type") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private JsonNode start(JsonNode request) {
        String sql = request.path("QueryString").asText();
        if (refusals.containsKey(sql)) {
            return Objects.requireNonNull(refusals.get(sql));
        }
        log.add("start " + sql + " in " + request.path("WorkGroup").asText() + " "
                + request.at("/QueryExecutionContext/Database").asText("-"));
        pending.put(sql, new ArrayDeque<>(statesByStatement.getOrDefault(sql, List.of("SUCCEEDED"))));
        return JSON.createObjectNode().put("QueryExecutionId", sql);
    }

    private JsonNode get(JsonNode request) {
        String id = request.path("QueryExecutionId").asText();
        Deque<String> states = Objects.requireNonNull(pending.get(id), id);
        String state = states.size() > 1 ? states.remove() : states.element();
        if (!state.equals("QUEUED") && !state.equals("RUNNING")) {
            log.add("end " + id);
        }
        return JSON.createObjectNode()
                .set(
                        "QueryExecution",
                        JSON.createObjectNode()
                                .set(
                                        "Status",
                                        JSON.createObjectNode()
                                                .put("State", state)
                                                .put(
                                                        "StateChangeReason",
                                                        reasons.getOrDefault(id, "TABLE_NOT_FOUND: line 2"))));
    }

    private JsonNode stop(JsonNode request) {
        log.add("stop " + request.path("QueryExecutionId").asText());
        return JSON.createObjectNode();
    }
}
