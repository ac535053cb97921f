package io.github.redshiftquerylogs.orchestrator.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFailureTest {

    @ParameterizedTest
    @CsvSource({
        "START,  400, EntityNotFoundException,               MISSING,   FAILED",
        "START,  400, ConcurrentRunsExceededException,       RUNNING,   RUNNING",
        "START,  400, ResourceNumberLimitExceededException,  QUOTA,     THROTTLED",
        "START,  400, OperationTimeoutException,             UNKNOWN,   FAILED",
        "START,  500, InternalServiceException,              UNKNOWN,   FAILED",
        "START,  400, InternalServiceException,              UNKNOWN,   FAILED",
        "START,  502, Unknown,                               UNKNOWN,   FAILED",
        "START,  400, InvalidInputException,                 REFUSED,   FAILED",
        "START,  400, AccessDeniedException,                 REFUSED,   FAILED",
        "START,  400, AlreadyExistsException,                REFUSED,   FAILED",
        "CREATE, 400, AlreadyExistsException,                EXISTS,    FAILED",
        "CREATE, 400, IdempotentParameterMismatchException,  EXISTS,    FAILED",
        "CREATE, 400, ConcurrentModificationException,       EXISTS,    FAILED",
        "CREATE, 400, ResourceNumberLimitExceededException,  REFUSED,   FAILED",
        "CREATE, 400, EntityNotFoundException,               REFUSED,   FAILED",
        "CREATE, 500, InternalServiceException,              UNKNOWN,   FAILED",
        "UPDATE, 400, EntityNotFoundException,               MISSING,   FAILED",
        "UPDATE, 400, ConcurrentModificationException,       THROTTLED, THROTTLED",
        "UPDATE, 400, InvalidInputException,                 REFUSED,   FAILED",
        "UPDATE, 400, ResourceNumberLimitExceededException,  REFUSED,   FAILED",
        "UPDATE, 500, InternalServiceException,              UNKNOWN,   FAILED",
        "GET,    400, EntityNotFoundException,               MISSING,   FAILED",
        "GET,    400, AccessDeniedException,                 REFUSED,   FAILED",
        "START,  400, ConcurrentModificationException,       REFUSED,   FAILED",
        "CREATE_CONNECTION, 400, AlreadyExistsException,     EXISTS,    FAILED",
        "CREATE_CONNECTION, 400, ResourceNumberLimitExceededException, REFUSED, FAILED",
        "CREATE_CONNECTION, 500, InternalServiceException,   UNKNOWN,   FAILED",
        "GET_CONNECTION,    400, EntityNotFoundException,    MISSING,   FAILED",
        "UPDATE_CONNECTION, 400, EntityNotFoundException,    MISSING,   FAILED",
        "RECORD_CONNECTION, 400, ParameterAlreadyExists,     EXISTS,    FAILED",
        "RECORD_CONNECTION, 400, TooManyUpdates,             THROTTLED, THROTTLED",
        "RECORD_CONNECTION, 400, AccessDeniedException,      REFUSED,   FAILED",
        "DESCRIBE_CLUSTERS, 404, ClusterNotFound,            MISSING,   FAILED",
        "DESCRIBE_CLUSTERS, 403, AccessDenied,               REFUSED,   FAILED",
        "DESCRIBE_SUBNETS,  400, ClusterSubnetGroupNotFoundFault, MISSING, FAILED",
    })
    void theAnswerOfGlueDecidesWhatFollows(Operation operation, int status, String code, Kind kind, Outcome outcome) {
        CallFailure failure = CallFailure.answered(operation, status, code, "sorry", false);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.outcome()).isEqualTo(outcome);
        assertThat(failure.text()).startsWith(operation + ": " + code + " (" + status + "): sorry");
    }

    @Test
    void whatTheSdkTakesForThrottlingIsThrottlingEvenWithAStatusOfTheServer() {
        CallFailure failure = CallFailure.answered(Operation.START, 503, "SlowDown", "please wait", true);
        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.outcome()).isEqualTo(Outcome.THROTTLED);
    }

    @Test
    void rateExceededIsThrottlingWhateverTheCode() {
        assertThat(CallFailure.answered(Operation.START, 400, "AWSGlueException", "Rate exceeded", false)
                        .kind())
                .isEqualTo(Kind.THROTTLED);
    }

    @Test
    void anExhaustedQuotaIsNamed() {
        assertThat(CallFailure.answered(Operation.START, 400, "ResourceNumberLimitExceededException", "50 runs", false)
                        .text())
                .isEqualTo("StartJobRun: ResourceNumberLimitExceededException (400): 50 runs; "
                        + "a quota of the account is used up, the next tick tries again");
    }

    @Test
    void aLostReplyHasAnUnknownResult() {
        CallFailure failure = CallFailure.lost(Operation.START, "Read timed out");
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.text())
                .isEqualTo("StartJobRun: no usable reply: Read timed out; "
                        + "unknown whether a run was started, the next tick finds out");
        assertThat(CallFailure.lost(Operation.CREATE, "Read timed out").text())
                .endsWith("unknown whether the job was created, the next tick finds out");
        assertThat(CallFailure.lost(Operation.UPDATE, "Read timed out").text())
                .endsWith("unknown whether the job was updated, the next tick does it again");
        assertThat(CallFailure.lost(Operation.GET, "Read timed out").text())
                .isEqualTo("GetJob: no usable reply: Read timed out");
    }

    @Test
    void whatNeverLeftIsNoMystery() {
        CallFailure failure = CallFailure.notSent(Operation.START, "Connection refused");
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.text()).isEqualTo("StartJobRun: not sent: Connection refused");
    }
}
