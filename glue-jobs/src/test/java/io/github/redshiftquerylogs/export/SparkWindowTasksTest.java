package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.transfer.SparkWindowTasks;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** Windows are read in real Spark tasks, so tasks and results are really serialized. */
class SparkWindowTasksTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");

    @Test
    void windowsAreReadInSparkTasks() {
        try (LocalLake storage = new LocalLake();
                ExportFixture pipeline = new ExportFixture(storage)) {
            pipeline.workload.writeHistory(START, START.plusHours(4));
            pipeline.workload.finish();
            pipeline.workload.advanceTo(START.plusHours(4).plusMinutes(3));

            RunSummary summary = pipeline.run(pipeline.state, new SparkWindowTasks(storage.spark()));

            assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
            pipeline.requireLakeEqualsLedger();
        }
    }
}
