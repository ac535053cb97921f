package io.github.redshiftquerylogs.sandbox.aws.wire;

/** An error as AWS services report it: a code that clients act on, a message, and the HTTP status. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;
    private final int httpStatus;

    /** An error of the caller (HTTP 400), which is what most AWS JSON services answer, throttling included. */
    public AwsError(String code, String message) {
        this(code, message, 400);
    }

    /**
     * @param code the name of the exception, such as {@code ThrottlingException}
     * @param message for people
     * @param httpStatus 400 for errors of the caller, 500 and above for those of the service
     */
    public AwsError(String code, String message, int httpStatus) {
        super(message);
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** The name of the exception. */
    public String code() {
        return code;
    }

    /** The HTTP status. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The message; empty if there is none. */
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
