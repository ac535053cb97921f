package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** How requests and replies look on the wire. */
enum WireProtocol {

    /** AWS JSON 1.1: the operation in the header {@code X-Amz-Target}, JSON both ways. */
    JSON("application/x-amz-json-1.1", "UnknownOperationException") {
        @Override
        JsonNode read(String body) {
            try {
                return Json.MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AwsError("SerializationException", "the request is not JSON");
            }
        }

        @Override
        byte[] reply(String operation, JsonNode result) {
            return bytes(result);
        }

        @Override
        byte[] error(AwsError error) {
            return bytes(Json.object()
                    .put("__type", error.code())
                    .put("message", error.message())
                    .put("Message", error.message()));
        }

        private byte[] bytes(JsonNode document) {
            try {
                return Json.MAPPER.writeValueAsBytes(document);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a document in memory can be written", e);
            }
        }
    },

    /** {@linkplain QueryProtocol AWS Query}: forms with {@code Action} come in, XML goes out. */
    QUERY("text/xml", "InvalidAction") {
        @Override
        JsonNode read(String body) {
            return QueryProtocol.form(body);
        }

        @Override
        byte[] reply(String operation, JsonNode result) {
            return QueryProtocol.reply(operation, result);
        }

        @Override
        byte[] error(AwsError error) {
            return QueryProtocol.error(error);
        }
    };

    private final String contentType;
    private final String unknownOperation;

    WireProtocol(String contentType, String unknownOperation) {
        this.contentType = contentType;
        this.unknownOperation = unknownOperation;
    }

    String contentType() {
        return contentType;
    }

    /** What a service of this protocol answers when it has no such operation. */
    String unknownOperation() {
        return unknownOperation;
    }

    /** @throws AwsError if it is not in this protocol */
    abstract JsonNode read(String body);

    abstract byte[] reply(String operation, JsonNode result);

    abstract byte[] error(AwsError error);
}
