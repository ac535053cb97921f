package io.github.redshiftquerylogs.declaration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/**
 * The JSON Schema of own exports, by which editors complete and check their files. It says what can be said of each field
 * alone; {@link Declarations#readOwn} checks all.
 */
public final class OwnExportSchema {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final List<DeclarationField> REFUSED = List.of(DeclarationField.UNDATED, DeclarationField.HELD_BACK);

    private OwnExportSchema() {}

    /** The schema, as the content of a file. */
    public static String json() {
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Own export of redshift-query-logs")
                .put("type", "object")
                .put("additionalProperties", false);
        texts(schema.putArray("required"), List.of("name", "key", "sql", "columns"));
        ObjectNode fields = schema.putObject("properties");
        for (DeclarationField field : DeclarationField.values()) {
            if (!REFUSED.contains(field)) {
                describe(field, fields.putObject(field.text()).put("description", field.description()));
            }
        }
        ObjectNode ofSnapshots = schema.putObject("if");
        ofSnapshots.putObject("properties").putObject("kind").put("const", DeclarationFile.SNAPSHOT);
        texts(ofSnapshots.putArray("required"), List.of("kind"));
        texts(schema.putObject("else").putArray("required"), List.of("log_time_rule", "reread"));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the schema", e);
        }
    }

    private static void describe(DeclarationField field, ObjectNode schema) {
        switch (field.form()) {
            case TEXT -> schema.put("type", "string");
            case TEXTS -> schema.put("type", "array").putObject("items").put("type", "string");
            case MAPPINGS -> {
                ObjectNode entry = schema.put("type", "array").putObject("items");
                entry.put("type", "object").put("additionalProperties", false);
                texts(entry.putArray("required"), field.entries().subList(0, 2));
                ObjectNode inner = entry.putObject("properties");
                field.entries().forEach(name -> inner.putObject(name).put("type", "string"));
                if (field == DeclarationField.COLUMNS) {
                    oneOf(inner.withObject("/type"), DeclarationCheck.texts(ColumnType.values()));
                    oneOf(inner.withObject("/blanks"), DeclarationCheck.texts(Blanks.values()));
                }
            }
        }
        switch (field) {
            case NAME -> schema.put("pattern", "^" + OwnCheck.NAME.pattern() + "$");
            case KIND -> oneOf(schema, DeclarationCheck.KINDS);
            case SET -> oneOf(schema, List.of(ExportSet.OWN.text()));
            case DATABASES -> oneOf(schema, List.of(DeclarationCheck.ALL_DATABASES));
            case KEY, CLUSTERS, COLUMNS -> schema.put("minItems", 1);
            // YAML reads true and false as no strings
            case REREAD -> schema.put("type", "boolean");
            default -> {
                // any text
            }
        }
    }

    private static void oneOf(ObjectNode schema, Collection<String> texts) {
        texts(schema.putArray("enum"), texts);
    }

    private static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }
}
