package io.github.redshiftquerylogs.orchestrator.call;

import io.github.redshiftquerylogs.orchestrator.result.Outcome;

/**
 * Why a call did not do what was asked, and what follows from it; pure.
 *
 * @param kind what follows
 * @param text for people: the operation, the service's error code and text
 */
public record CallFailure(Kind kind, String text) {

    public enum Kind {
        /** What the call is about does not exist. */
        MISSING,
        /** What should be made exists already, or somebody else is just making it. */
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
    public enum Operation {
        START("StartJobRun", "; unknown whether a run was started, the next tick finds out"),
        CREATE("CreateJob", "; unknown whether the job was created, the next tick finds out"),
        UPDATE("UpdateJob", "; unknown whether the job was updated, the next tick does it again"),
        GET("GetJob", ""),
        CREATE_CONNECTION("CreateConnection", "; unknown whether the connection was made, the next tick finds out"),
        UPDATE_CONNECTION(
                "UpdateConnection", "; unknown whether the connection was put right, the next tick does it again"),
        GET_CONNECTION("GetConnection", ""),
        RECORD_CONNECTION("PutParameter", "; unknown whether the connection was recorded, the next tick finds out"),
        DESCRIBE_CLUSTERS("DescribeClusters", ""),
        DESCRIBE_SUBNETS("DescribeClusterSubnetGroups", "");

        private final String shown;
        private final String fate;

        /** @param fate what nobody knows when the reply is lost, and who finds out */
        Operation(String shown, String fate) {
            this.shown = shown;
            this.fate = fate;
        }

        private boolean creates() {
            return this == CREATE || this == CREATE_CONNECTION;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    /**
     * The service answered with an error. Codes:
     * https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html#API_StartJobRun_Errors and {@code
     * API_CreateJob}, {@code API_UpdateJob}, {@code API_GetJob}, {@code API_CreateConnection} and so on;
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusters.html;
     * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html.
     *
     * @param status the answer's HTTP status
     * @param throttling whether the SDK takes code or status for throttling
     */
    public static CallFailure answered(
            Operation operation, int status, String code, String message, boolean throttling) {
        Kind kind = kind(operation, status, code, throttling || message.contains("Rate exceeded"));
        String text = operation + ": " + code + " (" + status + "): " + message;
        return switch (kind) {
            case UNKNOWN -> new CallFailure(kind, text + operation.fate);
            case QUOTA ->
                new CallFailure(kind, text + "; a quota of the account is used up, the next tick tries again");
            case MISSING, EXISTS, RUNNING, THROTTLED, REFUSED -> new CallFailure(kind, text);
        };
    }

    /** No answer came, and the request may have arrived. */
    public static CallFailure lost(Operation operation, String cause) {
        return new CallFailure(Kind.UNKNOWN, operation + ": no usable reply: " + cause + operation.fate);
    }

    /** The request never left. */
    static CallFailure notSent(Operation operation, String cause) {
        return new CallFailure(Kind.REFUSED, operation + ": not sent: " + cause);
    }

    /** The call was not made, because the tick's time is over. */
    public static CallFailure notReached() {
        return new CallFailure(Kind.THROTTLED, "not reached in this tick's time; the next tick goes on");
    }

    /** Somebody else has recorded a connection, and Parameter Store does not show it everywhere at once. */
    public static CallFailure notReadableYet() {
        return new CallFailure(
                Kind.THROTTLED, "somebody else has just recorded its connection; the next tick goes on with it");
    }

    public Outcome outcome() {
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
            case "EntityNotFoundException" -> operation.creates() ? Kind.REFUSED : Kind.MISSING;
            case "ClusterNotFound", "ClusterSubnetGroupNotFoundFault" -> Kind.MISSING;
            case "ConcurrentRunsExceededException" -> Kind.RUNNING;
            // concurrent runs or DPUs of the account; for CreateJob the number of jobs, which time does not help
            case "ResourceNumberLimitExceededException" -> operation == Operation.START ? Kind.QUOTA : Kind.REFUSED;
            // the second is what Glue says when a job of that name exists with another definition
            case "AlreadyExistsException", "IdempotentParameterMismatchException" ->
                operation.creates() ? Kind.EXISTS : Kind.REFUSED;
            case "ParameterAlreadyExists" -> Kind.EXISTS;
            // somebody else is writing the same parameter
            case "TooManyUpdates" -> Kind.THROTTLED;
            // somebody else is at the same job or connection
            case "ConcurrentModificationException" ->
                switch (operation) {
                    case CREATE, CREATE_CONNECTION -> Kind.EXISTS;
                    case UPDATE, UPDATE_CONNECTION -> Kind.THROTTLED;
                    case START, GET, GET_CONNECTION, RECORD_CONNECTION, DESCRIBE_CLUSTERS, DESCRIBE_SUBNETS ->
                        Kind.REFUSED;
                };
            default -> Kind.REFUSED;
        };
    }
}
