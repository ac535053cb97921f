package io.github.redshiftquerylogs.sandbox.aws.wire;

import java.util.Map;

/**
 * A call as the local AWS received it, with everything that IAM decides on.
 *
 * @param accessKeyId who signed it; empty if it is not signed
 * @param service the service name in the signature, such as {@code redshift-data}; empty if it is not signed
 * @param operation such as {@code ExecuteStatement}; for S3 the HTTP method, since its requests do not name the operation
 * @param target path and query, percent-encoded as received; meaningful for S3 only
 * @param amzHeaders headers that begin with {@code x-amz-}, by lower-case name
 * @param body the request document (JSON, XML or a form; never the content of an S3 object); may contain secrets,
 *     so {@link #toString} omits it
 */
public record ReceivedCall(
        String accessKeyId,
        String service,
        String operation,
        String target,
        Map<String, String> amzHeaders,
        String body) {

    @Override
    public String toString() {
        return "ReceivedCall[" + accessKeyId + " " + service + ":" + operation
                + (target.equals("/") ? "" : " " + target) + "]";
    }
}
