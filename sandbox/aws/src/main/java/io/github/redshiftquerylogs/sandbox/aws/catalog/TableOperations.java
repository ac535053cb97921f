package io.github.redshiftquerylogs.sandbox.aws.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Tables of the Glue Data Catalog. A table's document is stored as given. */
public final class TableOperations {

    private static final String DATABASE_NAME = "DatabaseName";
    private static final String NAME = "Name";
    private static final String TABLE = "Table";

    private final DatabaseOperations databases;
    private final Clock clock;

    /** @param databases also the lock of all changes to tables */
    public TableOperations(DatabaseOperations databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "CreateTable", this::create,
                "GetTable", this::get,
                "GetTables", this::getAll,
                "UpdateTable", this::update,
                "DeleteTable", this::delete,
                "BatchDeleteTable", this::deleteSeveral,
                "GetTableVersions", this::versions,
                "GetPartitions", this::partitions);
    }

    private JsonNode create(JsonNode request) {
        synchronized (databases) {
            JsonNode input = request.path("TableInput");
            String name = DatabaseOperations.lower(Json.text(input, NAME));
            Map<String, TableVersions> tables = tablesOf(request);
            if (tables.containsKey(name)) {
                throw new AwsError("AlreadyExistsException", "Table already exists: " + name);
            }
            tables.put(name, new TableVersions(databaseOf(request), input, clock.instant()));
            return Json.object();
        }
    }

    private JsonNode get(JsonNode request) {
        synchronized (databases) {
            return Json.object()
                    .set(TABLE, existing(request, Json.text(request, NAME)).current());
        }
    }

    private JsonNode getAll(JsonNode request) {
        synchronized (databases) {
            Pattern expression = expression(request.path("Expression").asText(""));
            List<ObjectNode> found = tablesOf(request).entrySet().stream()
                    .filter(table -> expression.matcher(table.getKey()).matches())
                    .map(table -> table.getValue().current())
                    .toList();
            return Page.of("TableList", found, request);
        }
    }

    private JsonNode update(JsonNode request) {
        synchronized (databases) {
            existing(request, request.path("TableInput").path(NAME).asText()).update(request, clock.instant());
            return Json.object();
        }
    }

    private JsonNode delete(JsonNode request) {
        synchronized (databases) {
            existing(request, Json.text(request, NAME));
            tablesOf(request).remove(DatabaseOperations.lower(Json.text(request, NAME)));
            return Json.object();
        }
    }

    private JsonNode deleteSeveral(JsonNode request) {
        synchronized (databases) {
            Map<String, TableVersions> tables = tablesOf(request);
            ArrayNode errors = Json.MAPPER.createArrayNode();
            for (String name : Json.strings(request.path("TablesToDelete"))) {
                if (tables.remove(DatabaseOperations.lower(name)) == null) {
                    ObjectNode detail = Json.object().put("ErrorCode", "EntityNotFoundException");
                    errors.add(Json.object().put("TableName", name).<ObjectNode>set("ErrorDetail", detail));
                }
            }
            return Json.object().set("Errors", errors);
        }
    }

    private JsonNode versions(JsonNode request) {
        synchronized (databases) {
            List<ObjectNode> versions = existing(request, Json.text(request, "TableName")).all().stream()
                    .map(table -> Json.object()
                            .put("VersionId", table.path("VersionId").asText())
                            .<ObjectNode>set(TABLE, table))
                    .toList();
            return Page.of("TableVersions", versions, request);
        }
    }

    /** Always empty, because partitions of Iceberg tables are not in Glue. */
    private JsonNode partitions(JsonNode request) {
        synchronized (databases) {
            existing(request, Json.text(request, "TableName"));
            return Json.object().set("Partitions", Json.array(List.of()));
        }
    }

    private Map<String, TableVersions> tablesOf(JsonNode request) {
        return databases.tablesOf(databaseOf(request));
    }

    private static String databaseOf(JsonNode request) {
        return DatabaseOperations.lower(Json.text(request, DATABASE_NAME));
    }

    private TableVersions existing(JsonNode request, String name) {
        TableVersions table = tablesOf(request).get(DatabaseOperations.lower(name));
        if (table == null) {
            throw new AwsError("EntityNotFoundException", "Table " + name + " not found.");
        }
        return table;
    }

    private static Pattern expression(String expression) {
        try {
            return Pattern.compile(expression.isEmpty() ? ".*" : expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new AwsError("InvalidInputException", "Expression is no regular expression: " + expression);
        }
    }
}
