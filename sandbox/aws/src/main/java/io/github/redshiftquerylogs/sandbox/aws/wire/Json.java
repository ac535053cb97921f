package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Documents of the AWS JSON 1.1 protocol. */
public final class Json {

    /** Numbers are written plainly, because a time in scientific notation is refused by some clients. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /** A new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An array of these items. */
    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return MAPPER.createArrayNode().addAll(items);
    }

    /** An array of these texts. */
    public static ArrayNode texts(Collection<String> items) {
        ArrayNode array = MAPPER.createArrayNode();
        items.forEach(array::add);
        return array;
    }

    /** A deep copy of an object. */
    public static ObjectNode copy(JsonNode document) {
        return document.<ObjectNode>deepCopy();
    }

    /** A time in the format of the protocol: seconds since 1970, with milliseconds as decimals. */
    public static JsonNode time(Instant instant) {
        return DecimalNode.valueOf(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }

    /**
     * The text of a required field.
     *
     * @throws AwsError InvalidInputException if the field is missing or empty
     */
    public static String text(JsonNode document, String field) {
        String text = document.path(field).asText("");
        if (text.isEmpty()) {
            throw new AwsError("InvalidInputException", field + " is required");
        }
        return text;
    }

    /** The items of an array as texts; empty for a missing array. */
    public static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asText()));
        return strings;
    }
}
