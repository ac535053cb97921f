package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiFunction;

/** One operation of an AWS service, from the request's document to the reply's document. */
@FunctionalInterface
public interface Operation {

    /**
     * Performs the operation.
     *
     * @throws AwsError if the service refuses
     */
    JsonNode apply(JsonNode request);

    /** Performs an operation that depends on the caller; others ignore {@code accessKeyId}. */
    default JsonNode apply(JsonNode request, String accessKeyId) {
        return apply(request);
    }

    /** An operation that gets the access key id of the caller; it is empty if the request was not signed. */
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
