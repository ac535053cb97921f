package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;

/** One operation of an AWS service: the request's document in, the reply's document out. */
@FunctionalInterface
interface Operation {

    /**
     * Does it.
     *
     * @throws AwsError if the service refuses
     */
    JsonNode apply(JsonNode request);

    /** The same, for operations that depend on who calls. */
    default JsonNode apply(JsonNode request, String accessKeyId) {
        return apply(request);
    }

    /** An operation that depends on who calls. */
    static Operation ofCaller(BiFunction<JsonNode, String, JsonNode> operation) {
        return new Operation() {
            @Override
            public JsonNode apply(JsonNode request) {
                return apply(request, "");
            }

            @Override
            public JsonNode apply(JsonNode request, String accessKeyId) {
                return operation.apply(request, accessKeyId);
            }
        };
    }
}
