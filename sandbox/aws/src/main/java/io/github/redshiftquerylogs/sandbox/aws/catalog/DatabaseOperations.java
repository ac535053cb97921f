package io.github.redshiftquerylogs.sandbox.aws.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.Page;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Databases of the Glue Data Catalog; names are stored in lower case, as in Glue. */
public final class DatabaseOperations {

    static final String CATALOG_ID = "000000000000";

    private static final String NAME = "Name";

    private final Clock clock;
    private final Map<String, ObjectNode> databases = new TreeMap<>();
    private final Map<String, Map<String, TableVersions>> tables = new TreeMap<>();

    public DatabaseOperations(Clock clock) {
        this.clock = clock;
    }

    public Map<String, Operation> operations() {
        return Map.of(
                "CreateDatabase", this::create,
                "GetDatabase", this::get,
                "GetDatabases", this::getAll,
                "UpdateDatabase", this::update,
                "DeleteDatabase", this::delete);
    }

    /**
     * The tables of a database, by name; the caller holds this object's lock.
     *
     * @throws AwsError EntityNotFoundException if there is no such database
     */
    Map<String, TableVersions> tablesOf(String database) {
        existing(database);
        return tables.computeIfAbsent(lower(database), name -> new TreeMap<>());
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private synchronized JsonNode create(JsonNode request) {
        ObjectNode database = Json.copy(request.path("DatabaseInput"));
        String name = lower(Json.text(database, NAME));
        if (databases.containsKey(name)) {
            throw new AwsError("AlreadyExistsException", "Database already exists.");
        }
        database.set("CreateTime", Json.time(clock.instant()));
        databases.put(name, database.put(NAME, name).put("CatalogId", CATALOG_ID));
        return Json.object();
    }

    private synchronized JsonNode get(JsonNode request) {
        return Json.object().set("Database", existing(Json.text(request, NAME)));
    }

    private synchronized JsonNode getAll(JsonNode request) {
        return Page.of("DatabaseList", List.copyOf(databases.values()), request);
    }

    private synchronized JsonNode update(JsonNode request) {
        String name = lower(Json.text(request, NAME));
        ObjectNode old = existing(name);
        ObjectNode database = Json.copy(request.path("DatabaseInput"));
        database.set("CreateTime", old.get("CreateTime"));
        databases.put(name, database.put(NAME, name).put("CatalogId", CATALOG_ID));
        return Json.object();
    }

    /** Deletes the tables too, as on AWS. */
    private synchronized JsonNode delete(JsonNode request) {
        String name = lower(Json.text(request, NAME));
        existing(name);
        databases.remove(name);
        tables.remove(name);
        return Json.object();
    }

    private ObjectNode existing(String name) {
        ObjectNode database = databases.get(lower(name));
        if (database == null) {
            throw new AwsError("EntityNotFoundException", "Database " + name + " not found.");
        }
        return database;
    }
}
