package io.github.redshiftquerylogs.sandbox.aws.faults;

import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.WireProtocol;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A reply by which a service refuses a request, in its own shape, so that the SDKs recognise what may be repeated; pure.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param body the document
 */
record ErrorReply(int status, String contentType, String body) {

    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
    private static final String RATE = "Rate exceeded";
    private static final String BROKEN = "We encountered an internal error. Please try again.";

    /** The service gets too many requests. */
    static ErrorReply throttled(String service, WireProtocol protocol) {
        return switch (service) {
            case "s3" -> s3(503, "SlowDown", "Please reduce your request rate.");
            case "dynamodb" ->
                of(
                        protocol,
                        new AwsError(
                                DYNAMODB + "ProvisionedThroughputExceededException",
                                "The level of configured provisioned throughput for the table was exceeded."));
            case "redshift" -> of(protocol, new AwsError("Throttling", RATE));
            default -> of(protocol, new AwsError("ThrottlingException", RATE));
        };
    }

    /** The service fails by itself. */
    static ErrorReply serverError(String service, WireProtocol protocol) {
        return switch (service) {
            case "s3" -> s3(500, "InternalError", BROKEN);
            case "dynamodb" -> of(protocol, new AwsError(DYNAMODB + "InternalServerError", BROKEN, 500));
            case "redshift" -> of(protocol, new AwsError("InternalFailure", BROKEN, 500));
            case "ssm" -> of(protocol, new AwsError("InternalServerError", BROKEN, 500));
            case "secretsmanager" -> of(protocol, new AwsError("InternalServiceError", BROKEN, 500));
            case "redshift-data" -> of(protocol, new AwsError("InternalServerException", BROKEN, 500));
            case "glue" -> of(protocol, new AwsError("InternalServiceException", BROKEN, 500));
            default -> of(protocol, new AwsError("ServiceUnavailableException", BROKEN, 503));
        };
    }

    private static ErrorReply of(WireProtocol protocol, AwsError error) {
        return new ErrorReply(
                error.httpStatus(), protocol.contentType(), new String(protocol.error(error), StandardCharsets.UTF_8));
    }

    /** S3 has a protocol of its own: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html. */
    private static ErrorReply s3(int status, String code, String message) {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                + message + "</Message><RequestId>" + UUID.randomUUID() + "</RequestId></Error>";
        return new ErrorReply(status, "application/xml", document);
    }
}
