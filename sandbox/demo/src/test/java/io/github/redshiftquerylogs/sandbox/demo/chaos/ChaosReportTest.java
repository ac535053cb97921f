package io.github.redshiftquerylogs.sandbox.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.aws.faults.Fault;
import io.github.redshiftquerylogs.sandbox.demo.check.Differences;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosReportTest {

    private static final ChaosReport REPORT = new ChaosReport(
            3,
            List.of(Stage.SEALING, Stage.EXPORT, Stage.EXPORT),
            900,
            Map.of(Fault.Kind.LATENCY, 20L, Fault.Kind.LOST_REPLY, 4L),
            Map.of("ticks", 0, "runs", 2),
            12345,
            new Differences(1, 2, 3));

    @Test
    void hasAllFigures() {
        assertThat(REPORT.render().lines())
                .containsExactly(
                        "  kills     3 of 3: 2 in export, 1 in sealing",
                        "  faults    24 of 900 requests: latency 20, throttled 0, 5xx 0, reset 0, lost reply 4",
                        "  failures  beside the kills: 2 runs, 0 ticks; chaos.log says why",
                        "  rows      12345 compared: 1 lost, 2 doubled, 3 changed");
    }

    @Test
    void isCompleteWithAllKillsOnly() {
        assertThat(REPORT.complete()).isTrue();
        assertThat(new ChaosReport(4, REPORT.kills(), 0, Map.of(), Map.of(), 0, new Differences(0, 0, 0)).complete())
                .isFalse();
    }
}
