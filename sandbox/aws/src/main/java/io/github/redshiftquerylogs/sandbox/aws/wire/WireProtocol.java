package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** The format of requests, replies and errors. */
public enum WireProtocol {

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
        public byte[] reply(String operation, JsonNode result) {
            return bytes(result);
        }

        @Override
        public byte[] error(AwsError error) {
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

    /** {@linkplain QueryProtocol AWS Query}: requests are forms with {@code Action}, replies are XML. */
    QUERY("text/xml", "InvalidAction") {
        @Override
        JsonNode read(String body) {
            return QueryProtocol.form(body);
        }

        @Override
        public byte[] reply(String operation, JsonNode result) {
            return QueryProtocol.reply(operation, result);
        }

        @Override
        public byte[] error(AwsError error) {
            return QueryProtocol.error(error);
        }
    };

    private final String contentType;
    private final String unknownOperation;

    WireProtocol(String contentType, String unknownOperation) {
        this.contentType = contentType;
        this.unknownOperation = unknownOperation;
    }

    /** The media type of replies. */
    public String contentType() {
        return contentType;
    }

    /** The error code for an unknown operation. */
    public String unknownOperation() {
        return unknownOperation;
    }

    /**
     * Parses a request.
     *
     * @throws AwsError if the body is not in this protocol
     */
    abstract JsonNode read(String body);

    /** The body of a reply. */
    public abstract byte[] reply(String operation, JsonNode result);

    /** The body of an error reply. */
    public abstract byte[] error(AwsError error);
}
