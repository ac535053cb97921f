package io.github.redshiftquerylogs.orchestrator.call;

import io.github.redshiftquerylogs.orchestrator.result.Outcome;

/**
 * Failure of a call to AWS; pure.
 *
 * @param kind decides what is done next
 * @param text message for users: operation, error code and message of the service
 */
public record CallFailure(Kind kind, String text) {

    /** Kinds of failures, by what is done next. */
    public enum Kind {
        /** The resource of the call does not exist. */
        MISSING,
        /** The resource that was to be created exists already, or is being created by another caller. */
        EXISTS,
        /** A run of the job has not ended yet. */
        RUNNING,
        /** Throttled before anything was done; may be repeated after a pause. */
        THROTTLED,
        /** A quota of the account is exhausted; a later tick or a larger quota may help. */
        QUOTA,
        /** The result is unknown. Not repeated in the same tick, because StartJobRun has no client token. */
        UNKNOWN,
        /** Rejected, or never sent. */
        REFUSED
    }

    /** Operations; the same error code means different things for different ones. */
    public enum Operation {
        START("StartJobRun", "; unknown whether a run was started, the next tick finds out"),
        CREATE("CreateJob", "; unknown whether the job was created, the next tick finds out"),
        UPDATE("UpdateJob", "; unknown whether the job was updated, the next tick does it again"),
        GET("GetJob", ""),
        CREATE_CONNECTION("CreateConnection", "; unknown whether the connection was created, the next tick finds out"),
        UPDATE_CONNECTION(
                "UpdateConnection", "; unknown whether the connection was updated, the next tick does it again"),
        GET_RUN("GetJobRun", ""),
        GET_CONNECTION("GetConnection", ""),
        RECORD_CONNECTION("PutParameter", "; unknown whether the connection was recorded, the next tick finds out"),
        DESCRIBE_CLUSTERS("DescribeClusters", ""),
        DESCRIBE_SUBNETS("DescribeClusterSubnetGroups", "");

        private final String shown;
        private final String whenUnknown;

        /** @param whenUnknown text for a lost reply: what is unknown, and how it is resolved */
        Operation(String shown, String whenUnknown) {
            this.shown = shown;
            this.whenUnknown = whenUnknown;
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
     * The failure for an error response of the service. Error codes:
     * https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html#API_StartJobRun_Errors and {@code
     * API_CreateJob}, {@code API_UpdateJob}, {@code API_GetJob}, {@code API_CreateConnection} and so on;
     * https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusters.html;
     * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html.
     *
     * @param status HTTP status of the response
     * @param throttling whether the SDK classifies the error as throttling
     */
    public static CallFailure answered(
            Operation operation, int status, String code, String message, boolean throttling) {
        Kind kind = kind(operation, status, code, throttling || message.contains("Rate exceeded"));
        String text = operation + ": " + code + " (" + status + "): " + message;
        return switch (kind) {
            case UNKNOWN -> new CallFailure(kind, text + operation.whenUnknown);
            case QUOTA ->
                new CallFailure(kind, text + "; a quota of the account is used up, the next tick tries again");
            case MISSING, EXISTS, RUNNING, THROTTLED, REFUSED -> new CallFailure(kind, text);
        };
    }

    /** The failure for a request without a usable response; it may have reached the service. */
    public static CallFailure lost(Operation operation, String cause) {
        return new CallFailure(Kind.UNKNOWN, operation + ": no usable reply: " + cause + operation.whenUnknown);
    }

    /** The failure for a request that was never sent. */
    static CallFailure notSent(Operation operation, String cause) {
        return new CallFailure(Kind.REFUSED, operation + ": not sent: " + cause);
    }

    /** The failure for a call that was not made, because no time was left in the tick. */
    public static CallFailure notReached() {
        return new CallFailure(Kind.THROTTLED, "not reached in this tick's time; the next tick goes on");
    }

    /** The failure for a connection that another caller has recorded and that Parameter Store does not return yet. */
    public static CallFailure notReadableYet() {
        return new CallFailure(
                Kind.THROTTLED, "somebody else has just recorded its connection; the next tick goes on with it");
    }

    /** The outcome of the cluster whose start failed for this reason. */
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
            // StartJobRun: concurrent runs or DPUs of the account; CreateJob: the number of jobs, which does not fall
            case "ResourceNumberLimitExceededException" -> operation == Operation.START ? Kind.QUOTA : Kind.REFUSED;
            // Glue returns the second code if a job of that name exists with another definition
            case "AlreadyExistsException", "IdempotentParameterMismatchException" ->
                operation.creates() ? Kind.EXISTS : Kind.REFUSED;
            case "ParameterAlreadyExists" -> Kind.EXISTS;
            // concurrent writes of the same parameter
            case "TooManyUpdates" -> Kind.THROTTLED;
            // concurrent changes of the same job or connection
            case "ConcurrentModificationException" ->
                switch (operation) {
                    case CREATE, CREATE_CONNECTION -> Kind.EXISTS;
                    case UPDATE, UPDATE_CONNECTION -> Kind.THROTTLED;
                    case START, GET, GET_RUN, GET_CONNECTION, RECORD_CONNECTION, DESCRIBE_CLUSTERS, DESCRIBE_SUBNETS ->
                        Kind.REFUSED;
                };
            default -> Kind.REFUSED;
        };
    }
}
