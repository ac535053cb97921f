package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataApiFailureTest {

    private static final ErrorHint.Asker EXPORTER = new ErrorHint.Asker("exporter", ErrorHint.Access.DATA_API);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERROR: permission denied for relation stl_scan             | 42501
            ERROR: relation "stl_scan" does not exist                  | 42P01
            ERROR: column "current_namespace" does not exist           | 42703
            ERROR: column q.label does not exist                       | 42703
            ERROR: syntax error at or near "form"                      | 42601
            ERROR: function talk() does not exist                      | 42883
            ERROR: Specified types or functions not supported          | 0A000
            ERROR: division by zero                                    | 22012
            ERROR: value out of range: overflow                        | 22000
            """)
    void refusalsOfAStatementAreRecognisedByTheirText(String text, String state) {
        assertThat(DataApiFailure.stateOf(text)).contains(state);
        assertThat(SourceErrors.ofStatement("x", text, state, EXPORTER).isRefusal())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FATAL: password authentication failed for user "exporter"  | 28P01
            FATAL: database "prod" does not exist                      | 3D000
            ERROR: canceling statement due to statement timeout        | 57014
            ERROR: Query (12) cancelled on user's request              | 57014
            Connection refused                                         | 08006
            FATAL: the database system is starting up                  | 57P01
            FATAL: too many connections for user                       | 53000
            """)
    void temporaryErrorsAndRefusedLoginsAreNotOfTheStatement(String text, String state) {
        assertThat(DataApiFailure.stateOf(text)).contains(state);
        SourceException failure = SourceErrors.ofStatement("x", text, state, EXPORTER);
        assertThat(failure.isRefusal()).isFalse();
        assertThat(failure.isOfStatement()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: S3ServiceException:Access Denied,Status 403,Error AccessDenied",
                "ERROR: S3 Query Exception: connection timed out",
                "ERROR: Problem reading manifest: S3ServiceException:Curl error 7, connection refused",
                "ERROR: something that nobody has seen before"
            })
    void errorsOfTheBucketAndUnknownErrorsAreOfTheStatementButNoRefusal(String text) {
        assertThat(DataApiFailure.stateOf(text)).isEmpty();
        SourceException failure = SourceErrors.ofStatement("x", text, null, EXPORTER);
        assertThat(failure.isRefusal()).isFalse();
        assertThat(failure.isOfStatement())
                .as("an UNLOAD may be replaced by fetching")
                .isTrue();
    }

    @Test
    void onlyWhatMayPassIsTriedAgain() {
        assertThat(DataApiFailure.mayPass("ActiveStatementsExceededException")).isTrue();
        assertThat(DataApiFailure.mayPass("ThrottlingException")).isTrue();
        assertThat(DataApiFailure.mayPass("ValidationException")).isFalse();
        assertThat(DataApiFailure.mayPass("AccessDeniedException")).isFalse();
        assertThat(DataApiFailure.mayPass("")).isFalse();
    }

    @Test
    void tokenIsTheSameForTheSameStatementAndForNoOther() {
        String token = ClientToken.of("jr_1", "stl_query 1", 1, "select 1");
        assertThat(token).hasSize(64).isEqualTo(ClientToken.of("jr_1", "stl_query 1", 1, "select 1"));
        assertThat(token)
                .isNotEqualTo(ClientToken.of("jr_2", "stl_query 1", 1, "select 1"))
                .isNotEqualTo(ClientToken.of("jr_1", "stl_query 11", 1, "select 1"))
                .isNotEqualTo(ClientToken.of("jr_1", "stl_query 1", 2, "select 1"))
                .isNotEqualTo(ClientToken.of("jr_1", "stl_query 1", 1, "select 2"));
    }
}
