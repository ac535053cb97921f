package io.github.redshiftquerylogs.sandbox.aws;

import java.util.Map;

/**
 * A call of the local AWS, as it came in; what IAM would have decided on.
 *
 * @param accessKeyId who signed it; empty if nobody did
 * @param service the name it was signed for, such as {@code redshift-data}; empty if nobody did
 * @param operation such as {@code ExecuteStatement}; S3 has no names for its operations in requests, there it is the
 *     method
 * @param target path and query, percent-encoded as they came in; says something of S3 only
 * @param amzHeaders those that begin with {@code x-amz-}, by lower-case name
 * @param body the request, JSON, XML or a form, never an object; may hold secrets, so {@link #toString} leaves it out
 */
public record Call(
        String accessKeyId,
        String service,
        String operation,
        String target,
        Map<String, String> amzHeaders,
        String body) {

    @Override
    public String toString() {
        return "Call[" + accessKeyId + " " + service + ":" + operation + (target.equals("/") ? "" : " " + target) + "]";
    }
}
