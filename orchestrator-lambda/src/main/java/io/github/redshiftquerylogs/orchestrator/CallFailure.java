package io.github.redshiftquerylogs.orchestrator;

/**
 * Why a call to Glue did not do what was asked, and what follows from it; pure.
 *
 * @param kind what follows
 * @param text for people: the operation, Glue's error code and text
 */
record CallFailure(Kind kind, String text) {

    enum Kind {
        /** The job does not exist. */
        MISSING,
        /** The job exists already, or somebody else is just creating it. */
        EXISTS,
        /** A run of the job is still going. */
        RUNNING,
        /** Refused for now, and nothing was done: may be tried again shortly. */
        THROTTLED,
        /** A quota of the account is used up: only time or a larger quota helps. */
        QUOTA,
        /** Nobody knows whether it was done: StartJobRun has no client token, so it is not tried again in this tick. */
        UNKNOWN,
        /** Refused for good, or never sent. */
        REFUSED
    }

    /** The operations that a failure is told apart by. */
    enum Operation {
        START("StartJobRun"),
        CREATE("CreateJob"),
        UPDATE("UpdateJob"),
        GET("GetJob");

        private final String shown;

        Operation(String shown) {
            this.shown = shown;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /**
     * Glue answered with an error. Codes:
     * https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html#API_StartJobRun_Errors and {@code
     * API_CreateJob}, {@code API_UpdateJob}, {@code API_GetJob}.
     *
     * @param status the answer's HTTP status
     * @param throttling whether the SDK takes code or status for throttling
     */
    static CallFailure answered(Operation operation, int status, String code, String message, boolean throttling) {
        Kind kind = kind(operation, status, code, throttling || message.contains("Rate exceeded"));
        String text = operation + ": " + code + " (" + status + "): " + message;
        return switch (kind) {
            case UNKNOWN -> new CallFailure(kind, text + fate(operation));
            case QUOTA ->
                new CallFailure(kind, text + "; a quota of the account is used up, the next tick tries again");
            case MISSING, EXISTS, RUNNING, THROTTLED, REFUSED -> new CallFailure(kind, text);
        };
    }

    /** No answer came, and the request may have arrived. */
    static CallFailure lost(Operation operation, String cause) {
        return new CallFailure(Kind.UNKNOWN, operation + ": no usable reply: " + cause + fate(operation));
    }

    /** The request never left. */
    static CallFailure notSent(Operation operation, String cause) {
        return new CallFailure(Kind.REFUSED, operation + ": not sent: " + cause);
    }

    /** The call was not made, because the tick's time is over. */
    static CallFailure notReached() {
        return new CallFailure(Kind.THROTTLED, "not reached in this tick's time; the next tick goes on");
    }

    Outcome outcome() {
        return switch (kind) {
            case RUNNING -> Outcome.RUNNING;
            case THROTTLED, QUOTA -> Outcome.THROTTLED;
            case MISSING, EXISTS, UNKNOWN, REFUSED -> Outcome.FAILED;
        };
    }

    private static Kind kind(Operation operation, int status, String code, boolean throttling) {
        if (throttling) {
            return Kind.THROTTLED;
        }
        if (status >= 500) {
            return Kind.UNKNOWN;
        }
        return switch (code) {
            case "OperationTimeoutException", "InternalServiceException" -> Kind.UNKNOWN;
            case "EntityNotFoundException" -> operation == Operation.CREATE ? Kind.REFUSED : Kind.MISSING;
            case "ConcurrentRunsExceededException" -> Kind.RUNNING;
            // concurrent runs or DPUs of the account; for CreateJob the number of jobs, which time does not help
            case "ResourceNumberLimitExceededException" -> operation == Operation.START ? Kind.QUOTA : Kind.REFUSED;
            // the second is what Glue says when a job of that name exists with another definition
            case "AlreadyExistsException", "IdempotentParameterMismatchException" ->
                operation == Operation.CREATE ? Kind.EXISTS : Kind.REFUSED;
            // somebody else is at the same job
            case "ConcurrentModificationException" ->
                switch (operation) {
                    case CREATE -> Kind.EXISTS;
                    case UPDATE -> Kind.THROTTLED;
                    case START, GET -> Kind.REFUSED;
                };
            default -> Kind.REFUSED;
        };
    }

    private static String fate(Operation operation) {
        return switch (operation) {
            case START -> "; unknown whether a run was started, the next tick finds out";
            case CREATE -> "; unknown whether the job was created, the next tick finds out";
            case UPDATE -> "; unknown whether the job was updated, the next tick does it again";
            case GET -> "";
        };
    }
}
