package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a statement, as {@code GetStatementResult} returns them.
 *
 * @param columns one {@code ColumnMetadata} each
 * @param records one list of {@code Field} each
 * @param bytes of all values
 */
record StatementResult(List<ObjectNode> columns, List<ArrayNode> records, long bytes) {

    /**
     * Reads all rows.
     *
     * @param limit the greatest size in bytes
     * @throws SQLException if the database fails, or the result is too large
     */
    static StatementResult read(ResultSet rows, long limit) throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<ObjectNode> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(describe(metadata, i));
        }
        List<ArrayNode> records = new ArrayList<>();
        long bytes = 0;
        while (rows.next()) {
            ArrayNode record = Json.MAPPER.createArrayNode();
            for (int i = 1; i <= columns.size(); i++) {
                record.add(field(rows, i, columns.get(i - 1).path("typeName").asText()));
                String text = rows.getString(i);
                bytes += text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
            }
            if (bytes > limit) {
                throw new SQLException("Query result size exceeds the limit of " + limit + " bytes", "54000");
            }
            records.add(record);
        }
        return new StatementResult(columns, records, bytes);
    }

    private static ObjectNode describe(ResultSetMetaData metadata, int i) throws SQLException {
        return Json.object()
                .put("isCaseSensitive", metadata.isCaseSensitive(i))
                .put("isCurrency", metadata.isCurrency(i))
                .put("isSigned", metadata.isSigned(i))
                .put("label", metadata.getColumnLabel(i))
                .put("length", 0)
                .put("name", metadata.getColumnName(i))
                .put("nullable", metadata.isNullable(i))
                .put("precision", metadata.getPrecision(i))
                .put("scale", metadata.getScale(i))
                .put("schemaName", metadata.getSchemaName(i))
                .put("tableName", metadata.getTableName(i))
                .put("typeName", metadata.getColumnTypeName(i));
    }

    /** Decimal numbers, times and texts are returned as text; timestamps in Redshift's format. */
    private static JsonNode field(ResultSet rows, int i, String type) throws SQLException {
        String text = rows.getString(i);
        if (text == null) {
            return Json.object().put("isNull", true);
        }
        return switch (type) {
            case "int2", "int4", "int8", "oid", "serial", "bigserial" ->
                Json.object().put("longValue", rows.getLong(i));
            case "float4", "float8" -> Json.object().put("doubleValue", rows.getDouble(i));
            case "bool" -> Json.object().put("booleanValue", rows.getBoolean(i));
            case "bytea" -> Json.object().put("blobValue", rows.getBytes(i));
            default -> Json.object().put("stringValue", text);
        };
    }
}
