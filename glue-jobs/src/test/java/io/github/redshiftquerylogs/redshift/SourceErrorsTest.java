package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceErrorsTest {

    private static final ErrorHint.Asker EXPORTER = new ErrorHint.Asker("exporter", ErrorHint.Access.JDBC);
    private static final Redaction NOTHING = new Redaction("example-only");

    /** The driver has some fifty places that throw with an empty state. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "0", "08", "4250", "425011", "?????"})
    void errorWithoutAStateKeepsTheDriversText(@Nullable String state) {
        for (SourceException failure : new SourceException[] {
            SourceErrors.of("cannot connect", new SQLException("no such option : zip", state), EXPORTER, NOTHING),
            SourceErrors.ofStatement("cannot connect", "no such option : zip", state, EXPORTER),
            SourceException.ofReply(FailureCategory.SOURCE, "cannot connect: no such option : zip", state, true, "")
        }) {
            assertThat(failure).hasMessage("cannot connect: no such option : zip");
            assertThat(failure.category()).isEqualTo(FailureCategory.SOURCE);
            assertThat(failure.isRefusal()).isFalse();
            assertThat(failure.isLoginRefused()).isFalse();
            assertThat(failure.isUnknownColumn()).isFalse();
            assertThat(failure.isAmbiguousColumn()).isFalse();
        }
        assertThat(ErrorHint.of(state, EXPORTER)).isEmpty();
    }

    /** A cluster that is down, full or restarting says nothing about the statement, in whichever way it was sent. */
    @ParameterizedTest
    @CsvSource({
        "42601, true",
        "22003, true",
        "XX000, true",
        "0A000, true",
        "08006, false",
        "28000, false",
        "3D000, false",
        "53200, false",
        "57014, false",
        "58030, false"
    })
    void stateTellsWhetherTheStatementIsToBlame(String state, boolean ofStatement) {
        assertThat(SourceErrors.of("x", new SQLException("y", state), EXPORTER, NOTHING)
                        .isOfStatement())
                .isEqualTo(ofStatement);
        assertThat(SourceErrors.ofStatement("x", "y", state, EXPORTER).isOfStatement())
                .isEqualTo(ofStatement);
    }

    /** The driver reports a broken connection without a state too; the Data API has failed statements only. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0"})
    void withoutAStateTheWayDecides(@Nullable String state) {
        assertThat(SourceErrors.of("x", new SQLException("y", state), EXPORTER, NOTHING)
                        .isOfStatement())
                .isFalse();
        assertThat(SourceErrors.ofStatement("x", "y", state, EXPORTER).isOfStatement())
                .isTrue();
    }

    /** The Data API needs no way through the network and no password. */
    @Test
    void whatIsExpectedDependsOnTheWay() {
        ErrorHint.Asker byDataApi = new ErrorHint.Asker("exporter", ErrorHint.Access.DATA_API);
        ErrorHint.Asker bySecret = new ErrorHint.Asker("exporter", ErrorHint.Access.JDBC_WITH_SECRET);
        assertThat(ErrorHint.of("08006", byDataApi)).isEqualTo(": expected a cluster that runs (is not paused)");
        assertThat(ErrorHint.of("08006", EXPORTER)).contains("security group of the Glue connection");
        assertThat(ErrorHint.of("28000", byDataApi))
                .startsWith(": expected a user that may connect, in the secret of the cluster's parameter secret, or");
        assertThat(ErrorHint.of("28000", bySecret))
                .isEqualTo(": expected a user that may connect, and its password, in the secret of the cluster's"
                        + " parameter secret");
        assertThat(ErrorHint.of("28000", EXPORTER))
                .isEqualTo(": expected a user that may connect, and its password, in the cluster's parameters user and"
                        + " password");
    }

    @Test
    void stackFramesAreThoseOfTheDriversExceptionAndItsTextIsOnOneLine() {
        SQLException driver = new SQLException("first example-only\n  second", "42601");
        for (SourceException failure : new SourceException[] {
            SourceErrors.of("x", driver, EXPORTER, NOTHING),
            SourceErrors.ofTls("x", driver, TlsFailure.HANDSHAKE, NOTHING)
        }) {
            assertThat(failure.getStackTrace()).isEqualTo(driver.getStackTrace());
            assertThat(failure).hasMessageContaining("first ***; second").hasNoCause();
        }
        assertThat(SourceErrors.of("x", driver, EXPORTER, NOTHING).reply()).isEqualTo("first ***");
    }

    @ParameterizedTest
    @CsvSource({"42703, true, SOURCE", "42501, true, PERMISSION", "08006, false, NETWORK", "28P01, false, CREDENTIALS"})
    void stateDecides(String state, boolean refusal, FailureCategory category) {
        SourceException failure = SourceErrors.of("x", new SQLException("y", state), EXPORTER, NOTHING);
        assertThat(failure.isRefusal()).isEqualTo(refusal);
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure).hasMessageStartingWith("x: y [" + state + "]: expected ");
    }
}
