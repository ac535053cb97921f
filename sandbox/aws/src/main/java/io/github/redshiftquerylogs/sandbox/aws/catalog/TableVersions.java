package io.github.redshiftquerylogs.sandbox.aws.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One table of the Glue Data Catalog and its archived versions; not thread-safe. */
final class TableVersions {

    private static final String VERSION_ID = "VersionId";

    private final String database;
    private final Instant created;
    private final List<ObjectNode> archived = new ArrayList<>();
    private ObjectNode current;
    private int version;

    TableVersions(String database, JsonNode input, Instant created) {
        this.database = database;
        this.created = created;
        this.current = rendered(input, created);
    }

    ObjectNode current() {
        return current;
    }

    /**
     * Replaces the current version by a new one.
     *
     * @throws AwsError ConcurrentModificationException if the request does not name the current version; Iceberg's
     *     commits rely on this check
     */
    void update(JsonNode request, Instant now) {
        String expected = request.path(VERSION_ID).asText("");
        if (!expected.isEmpty() && !expected.equals(Integer.toString(version))) {
            throw new AwsError(
                    "ConcurrentModificationException",
                    "Update table failed due to concurrent modifications: expected version " + expected + ", but it is "
                            + version + ".");
        }
        if (!request.path("SkipArchive").asBoolean(false)) {
            archived.add(current);
        }
        version++;
        current = rendered(request.path("TableInput"), now);
    }

    /** All versions, newest first. */
    List<ObjectNode> all() {
        List<ObjectNode> versions = new ArrayList<>();
        versions.add(current);
        for (int i = archived.size() - 1; i >= 0; i--) {
            versions.add(archived.get(i));
        }
        return versions;
    }

    private ObjectNode rendered(JsonNode input, Instant updated) {
        ObjectNode table = Json.copy(input)
                .put("Name", DatabaseOperations.lower(Json.text(input, "Name")))
                .put("DatabaseName", database)
                .put("CatalogId", DatabaseOperations.CATALOG_ID)
                .put("IsRegisteredWithLakeFormation", false)
                .put(VERSION_ID, Integer.toString(version));
        table.set("CreateTime", Json.time(created));
        table.set("UpdateTime", Json.time(updated));
        return table;
    }
}
