package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.CompactionState;
import io.github.redshiftquerylogs.watermark.SealState;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sealed day becomes one file, once, and none of it is lost where a commit or a run ends badly. */
class CompactionTest {

    private static final ClusterName CLUSTER = new ClusterName("model");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final int RUNS = 10;

    private final ModelHistory history = new ModelHistory(1);
    private final FakeCluster cluster = history.cluster();

    /** A row in each hour, and a run behind it. The day is over, and not sealed yet. */
    @BeforeEach
    void aDayOfManyFiles() {
        cluster.clock(DAY.atTime(8, 0));
        run();
        for (int hour = 9; hour < 9 + RUNS; hour++) {
            cluster.add(DAY.atTime(hour, 30), hour);
            cluster.clock(DAY.atTime(hour, 59));
            run();
        }
        assertThat(files()).isEqualTo(RUNS);
        cluster.clock(DAY.plusDays(1).atTime(4, 0));
    }

    private TableSummary run() {
        return run(Runnable::run);
    }

    /** Commits of the table's rows and files are disturbed, those of records are not. */
    private TableSummary run(FaultyCatalog.Disturbance replacements) {
        RunSummary run = history.export(history.state(), sql -> {}, commit -> {
            if (isCompacting()) {
                replacements.around(commit);
            } else {
                commit.run();
            }
        });
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run.tables().get(0);
    }

    private boolean isCompacting() {
        return history.state().compaction(CLUSTER).attempt().isPresent();
    }

    private int files() {
        return Optional.ofNullable(history.filesByDay().get(DAY)).orElseThrow().count();
    }

    private long replacements() {
        long replacements = 0;
        for (Snapshot snapshot : history.table("log").orElseThrow().snapshots()) {
            replacements += snapshot.operation().equals(DataOperations.REPLACE) ? 1 : 0;
        }
        return replacements;
    }

    @Test
    void aSealedDayIsCompactedOnceAndSaysSo() {
        try (LogCapture log = new LogCapture()) {
            assertThat(run().notes()).isEmpty();
            assertThat(log.text())
                    .containsPattern("model log: 2026-11-19 compacted: 10 files of \\d+ bytes are now 1 of \\d+ bytes")
                    .contains("model: 1 days of tables compacted; 0 snapshots of 0 tables expired");
        }
        assertThat(files()).isEqualTo(1);
        assertThat(history.state().compaction(CLUSTER))
                .isEqualTo(new CompactionState(Optional.of(DAY), Optional.empty()));
        cluster.add(DAY.plusDays(1).atTime(4, 5), 100);
        cluster.clock(DAY.plusDays(1).atTime(5, 0));
        assertThat(run().origin()).as("the watermark is as valid as before").contains("watermark");
        cluster.clock(DAY.plusDays(2).atTime(4, 0));
        run();
        history.requireEveryRowOnce();
        assertThat(replacements()).isEqualTo(1);
    }

    @Test
    void aDayThatHasGrownIsCompactedAgain() {
        run();
        cluster.add(DAY.atTime(12, 0), 200);
        cluster.clock(DAY.plusDays(2).atTime(4, 0));
        run();
        history.requireEveryRowOnce();
        assertThat(files()).isEqualTo(1);
        assertThat(replacements()).isEqualTo(2);
    }

    @Test
    void aDayWhoseStateIsLostIsLeftAsItIs() {
        run();
        history.state().clear();
        cluster.clock(DAY.plusDays(1).atTime(5, 0));
        run();
        assertThat(replacements()).isEqualTo(1);
    }

    @Test
    void aLostReplyIsACompaction() {
        boolean[] lost = {false};
        assertThat(run(commit -> {
                            commit.run();
                            if (!lost[0]) {
                                lost[0] = true;
                                throw new CommitFailedException("a conflict, as it seems");
                            }
                        })
                        .notes())
                .isEmpty();
        assertThat(lost[0]).isTrue();
        history.requireEveryRowOnce();
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void whatIsUnknownOrRefusedIsSaidAndTriedADayLater() {
        assertThat(run(commit -> {
                            throw new CommitStateUnknownException(new IllegalStateException("no reply"));
                        })
                        .notes())
                .singleElement()
                .asString()
                .startsWith("whether the files of 2026-11-19 were compacted is unknown: ");
        history.requireEveryRowOnce();
        cluster.clock(DAY.plusDays(2).atTime(4, 0));
        assertThat(run(commit -> {
                            throw new IllegalStateException("the catalog is out of order");
                        })
                        .notes())
                .singleElement()
                .asString()
                .startsWith("files or snapshots were left, tried again a day later: ")
                .contains("the catalog is out of order");
        history.requireEveryRowOnce();
        assertThat(files()).isEqualTo(RUNS);
        cluster.clock(DAY.plusDays(3).atTime(4, 0));
        assertThat(run().notes()).isEmpty();
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aDayAtWhichARunDiedIsLeftForADay() {
        history.state().beginCompaction(CLUSTER, new SealState.Attempt("log", DAY));
        assertThat(run().notes())
                .isEqualTo(List.of("a run ended while the files of 2026-11-19 were compacted: left for a day"));
        assertThat(files()).isEqualTo(RUNS);
        cluster.clock(DAY.plusDays(2).atTime(4, 0));
        assertThat(run().notes()).isEmpty();
        assertThat(files()).isEqualTo(1);
    }
}
