package io.github.redshiftquerylogs.infra.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.redshiftquerylogs.infra.policy.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Athena's JSON protocol with states given by a test, and Glue's for one request. It runs no statement but {@code ALTER
 * TABLE} of a table that a test has given; a statement ends once each of its states was returned. A start of another one before
 * that is recorded.
 */
final class TestingAthena implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-evolving-table-schema.html */
    private static final Pattern ALTER = Pattern.compile(
            "ALTER TABLE \\w+\\.(?<table>\\w+) (?:ADD COLUMNS \\(|CHANGE COLUMN `\\w+` )(?<columns>.+?)\\)?");

    private static final Pattern COLUMN = Pattern.compile("`(?<name>\\w+)` (?<type>\\w+)");

    private final HttpServer server;
    private final Map<String, List<String>> statesByStatement = new HashMap<>();
    private final Map<String, JsonNode> refusals = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, Deque<String>> pending = new HashMap<>();
    private final Map<String, Integer> conflicts = new HashMap<>();
    private final Map<String, Map<String, String>> tables = new HashMap<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile String workgroup = "";
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

    /** Makes a statement fail this many times, as if another writer had changed its table. */
    void conflicts(String sql, int times) {
        conflicts.put(sql, times);
    }

    /** Glue's columns of a table, by name; alterable, whatever a statement says of creating it. */
    void table(String name, Map<String, String> columns) {
        tables.put(name, new LinkedHashMap<>(columns));
    }

    /** The columns that a table has now. */
    Map<String, String> columns(String table) {
        return Objects.requireNonNull(tables.get(table), table);
    }

    /** The calls of the handler, as IAM evaluates them. */
    List<Call> calls() {
        return calls.stream()
                .map(call -> call.with("aws:RequestedRegion", "eu-central-1"))
                .distinct()
                .toList();
    }

    private void record(String target, JsonNode request) {
        String here = ":eu-central-1:000000000000:";
        String action = target.substring(target.indexOf('.') + 1);
        if (target.startsWith("AWSGlue.")) {
            String database = request.path("DatabaseName").asText();
            for (String resource : List.of(
                    "catalog",
                    "database/" + database,
                    "table/" + database + "/" + request.path("Name").asText())) {
                calls.add(Call.of("glue:" + action, "arn:aws:glue" + here + resource));
            }
            return;
        }
        // other requests than the start name the statement, which belongs to the same workgroup
        workgroup = request.path("WorkGroup").asText(workgroup);
        calls.add(Call.of("athena:" + action, "arn:aws:athena" + here + "workgroup/" + workgroup));
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
            record(target, request);
            JsonNode reply = switch (target) {
                case "AmazonAthena.StartQueryExecution" -> start(request);
                case "AmazonAthena.GetQueryExecution" -> get(request);
                case "AmazonAthena.StopQueryExecution" -> stop(request);
                case "AWSGlue.GetTable" -> glueTable(request.path("Name").asText());
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
            state = ended(id, state);
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

    private String ended(String sql, String state) {
        int left = conflicts.getOrDefault(sql, 0);
        if (left > 0) {
            conflicts.put(sql, left - 1);
            return "FAILED";
        }
        Matcher altered = ALTER.matcher(sql);
        if (altered.matches() && tables.containsKey(altered.group("table"))) {
            Matcher column = COLUMN.matcher(altered.group("columns"));
            while (column.find()) {
                columns(altered.group("table")).put(column.group("name"), column.group("type"));
            }
        }
        return state;
    }

    /** With a column that the table had once, as Iceberg's catalog leaves it there. */
    private JsonNode glueTable(String name) {
        ArrayNode columns = JSON.createArrayNode();
        columns(name)
                .forEach((column, type) ->
                        columns.addObject().put("Name", column).put("Type", type));
        columns.addObject()
                .put("Name", "dropped")
                .put("Type", "int")
                .putObject("Parameters")
                .put("iceberg.field.current", "false");
        JsonNode storage = JSON.createObjectNode().set("Columns", columns);
        JsonNode table = JSON.createObjectNode().put("Name", name).set("StorageDescriptor", storage);
        return JSON.createObjectNode().set("Table", table);
    }

    private JsonNode stop(JsonNode request) {
        log.add("stop " + request.path("QueryExecutionId").asText());
        return JSON.createObjectNode();
    }
}
