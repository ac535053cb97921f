package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
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

    @ParameterizedTest
    @CsvSource({"42703, true, SOURCE", "42501, true, PERMISSION", "08006, false, NETWORK", "28P01, false, CREDENTIALS"})
    void stateDecides(String state, boolean refusal, FailureCategory category) {
        SourceException failure = SourceErrors.of("x", new SQLException("y", state), EXPORTER, NOTHING);
        assertThat(failure.isRefusal()).isEqualTo(refusal);
        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure).hasMessageStartingWith("x: y [" + state + "]: expected ");
    }
}
