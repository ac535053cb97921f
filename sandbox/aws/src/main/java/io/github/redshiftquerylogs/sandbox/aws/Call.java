package io.github.redshiftquerylogs.sandbox.aws;

/**
 * A call of the local AWS endpoint, as it came in; what IAM would have decided on.
 *
 * @param accessKeyId who signed it; empty if nobody did
 * @param service the name it was signed for, such as {@code redshift-data}; empty if nobody did
 * @param operation such as {@code ExecuteStatement}
 * @param body the request, JSON or a form; may hold secrets, so {@link #toString} leaves it out
 */
public record Call(String accessKeyId, String service, String operation, String body) {

    @Override
    public String toString() {
        return "Call[" + accessKeyId + " " + service + ":" + operation + "]";
    }
}
