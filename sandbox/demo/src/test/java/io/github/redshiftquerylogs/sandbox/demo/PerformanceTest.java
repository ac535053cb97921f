package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PerformanceTest {

    private static final Callable<Boolean> FAILING = () -> {
        throw new IllegalStateException("a run has not ended");
    };

    @Test
    void failureIsReported() {
        assertThatThrownBy(() -> Performance.outcome(FAILING, () -> true)).hasMessage("a run has not ended");
    }

    @Test
    void whatAnInterruptMakesFailIsNot() throws Exception {
        assertThat(Performance.outcome(FAILING, () -> false)).isEqualTo(130);
    }

    @Test
    void otherwiseTheProgrammeDecides() throws Exception {
        assertThat(Performance.outcome(() -> true, () -> true)).isZero();
        assertThat(Performance.outcome(() -> false, () -> true)).isEqualTo(1);
    }
}
