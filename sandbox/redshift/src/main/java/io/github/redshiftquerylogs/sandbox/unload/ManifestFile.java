package io.github.redshiftquerylogs.sandbox.unload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The manifest of an UNLOAD: the list of the files that it wrote, in Redshift's format.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD_command_examples.html">examples</a>
 */
final class ManifestFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ManifestFile() {}

    static String json(ParsedUnload unload, List<UnloadColumn> columns, List<UnloadFile> files) {
        ObjectNode manifest = MAPPER.createObjectNode();
        ArrayNode entries = manifest.putArray("entries");
        for (UnloadFile file : files) {
            ObjectNode entry = entries.addObject();
            entry.put("url", "s3://" + unload.bucket() + "/" + unload.keyPrefix() + file.name());
            ObjectNode meta = entry.putObject("meta");
            meta.put("content_length", file.length());
            if (unload.verbose()) {
                meta.put("record_count", file.rows());
            }
        }
        if (unload.verbose()) {
            ArrayNode elements = manifest.putObject("schema").putArray("elements");
            columns.forEach(column -> describe(column, elements.addObject()));
            ObjectNode meta = manifest.putObject("meta");
            meta.put(
                    "content_length",
                    files.stream().mapToLong(UnloadFile::length).sum());
            meta.put("record_count", files.stream().mapToLong(UnloadFile::rows).sum());
            manifest.putObject("author").put("name", "Amazon Redshift").put("version", "1.0.0");
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document in memory can be written", e);
        }
    }

    /** Field names of dimensions are a guess: the documentation does not give them. */
    private static void describe(UnloadColumn column, ObjectNode element) {
        element.put("name", column.parquet().getName());
        ObjectNode type = element.putObject("type");
        type.put("base", column.manifestType().base());
        List<Integer> dimensions = column.manifestType().dimensions();
        if (dimensions.size() == 1) {
            type.put("max_length", dimensions.get(0));
        } else if (dimensions.size() == 2) {
            type.put("precision", dimensions.get(0));
            type.put("scale", dimensions.get(1));
        }
    }
}
