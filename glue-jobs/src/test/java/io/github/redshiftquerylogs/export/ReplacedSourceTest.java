package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.watermark.Gap;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that is not the one it was stops the export until it is accepted; no day is sealed across the change. */
class ReplacedSourceTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final LocalDateTime NINE = DAY.atTime(9, 0);

    private final ModelHistory history = new ModelHistory(1);
    private final FakeCluster cluster = history.cluster();

    /** Rows of the day until 10:30, read up to 11:58. */
    @BeforeEach
    void aDayWithRows() {
        cluster.clock(DAY.atTime(8, 0));
        run();
        for (int id = 0; id < 90; id++) {
            cluster.add(NINE.plusMinutes(id), id);
        }
        cluster.clock(DAY.atTime(12, 0));
        run();
    }

    private RunSummary attempt() {
        return history.export(history.state(), sql -> {}, (FaultyCatalog.Disturbance) Runnable::run);
    }

    private RunSummary run() {
        RunSummary summary = attempt();
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return summary;
    }

    private String refusal() {
        List<FakeCluster.Row> before = history.exported();
        RunSummary summary = attempt();
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(history.exported()).isEqualTo(before);
        return summary.error().orElseThrow();
    }

    private List<String> entries() {
        return history.table("sealed_days").map(TestingLake::rows).orElse(List.of()).stream()
                .filter(row -> !((LocalDate) row.getField("day")).isBefore(DAY))
                .map(row -> row.getField("day") + " " + row.getField("revision") + " " + row.getField("state") + " "
                        + row.getField("source_rows") + "/" + row.getField("lake_rows"))
                .sorted()
                .toList();
    }

    @Test
    void resizePauseAndANewNameKeepTheNamespace() {
        cluster.clock(DAY.plusDays(1).atTime(4, 0));
        cluster.shows(false);
        run();
        cluster.shows(true);
        cluster.add(DAY.atTime(13, 0), 1_000);
        run();
        run();
        history.requireEveryRowOnce();
    }

    /** A blue/green deployment: the other cluster has rows of times that were read from the first one. */
    @Test
    void anotherNamespaceStopsTheClusterUntilItIsAccepted() {
        List<FakeCluster.Row> rows = new ArrayList<>(cluster.rows());
        cluster.becomes("green");
        cluster.add(DAY.atTime(8, 30), 2_000);
        cluster.add(DAY.atTime(13, 0), 2_001);
        cluster.clock(DAY.atTime(14, 0));
        assertThat(refusal())
                .contains("model: the source is namespace:green: expected namespace:fake")
                .contains("redshift_query_logs.model.accept_source to namespace:green");
        history.acceptSource("namespace:other");
        assertThat(refusal()).contains("it accepts namespace:other");

        history.acceptSource("namespace:green");
        RunSummary accepted = run();

        assertThat(accepted.source().orElseThrow().notes())
                .anyMatch(note -> note.contains("namespace:green was accepted in place of namespace:fake"))
                .anyMatch(note -> note.contains("rows of the earlier source that were not read are lost: log (gap:"));
        assertThat(history.state().gaps()).containsExactly(new Gap(DAY.atTime(11, 58), DAY.atTime(13, 58)));
        rows.add(new FakeCluster.Row(DAY.atTime(13, 0), 2_001));
        assertThat(history.exported()).containsExactlyInAnyOrderElementsOf(rows);

        // a lost state: the lake remembers both
        history.state().clear();
        cluster.add(DAY.atTime(15, 0), 2_002);
        cluster.add(DAY.plusDays(1).atTime(3, 0), 2_003);
        cluster.clock(DAY.plusDays(1).atTime(4, 5));
        run();
        cluster.clock(DAY.plusDays(2).atTime(4, 5));
        run();
        assertThat(entries())
                .as("the other cluster's row at half past eight is not added to a day that is not its own")
                .containsExactly("2026-11-19 1 gap null/92", "2026-11-20 1 sealed 1/1");
        assertThat(history.state().gaps()).isEmpty();
    }

    @Test
    void aDayThatWasSealedBeforeStaysAsItIs() {
        cluster.clock(DAY.plusDays(1).atTime(4, 5));
        run();
        cluster.becomes("restored");
        cluster.add(DAY.atTime(8, 30), 2_000);
        cluster.clock(DAY.plusDays(1).atTime(6, 0));
        history.acceptSource("namespace:restored");
        run();
        cluster.clock(DAY.plusDays(2).atTime(4, 5));
        run();
        // nothing proved that there was no row
        cluster.clock(DAY.plusDays(2).atTime(5, 5));
        run();
        assertThat(entries()).containsExactly("2026-11-19 1 sealed 90/90", "2026-11-20 1 gap null/0");
        history.byHand(
                new JobArguments.Completion(DAY.atStartOfDay(), DAY.plusDays(1).atStartOfDay(), true));
        assertThat(run().tables().get(0).notes())
                .containsExactly("2026-11-19 is left: its rows are of another source than the present one");
        assertThat(history.lakeRows()).isEqualTo(90);
    }

    /** The negative control: a lake and a state that have forgotten the first source. */
    @Test
    void withoutTheMemoryRowsOfAnotherSourceGoIntoDaysOfTheFirstOne() {
        cluster.becomes("green");
        cluster.add(DAY.atTime(8, 30), 2_000);
        cluster.add(DAY.plusDays(1).atTime(1, 0), 2_001);
        cluster.clock(DAY.plusDays(1).atTime(4, 5));
        history.state().clear();
        history.table("clusters")
                .orElseThrow()
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();
        run();
        assertThat(history.exported()).contains(new FakeCluster.Row(DAY.atTime(8, 30), 2_000));
    }

    @Test
    void anotherClusterAtTheSameAddressIsRecognisedByItsRows() {
        ModelHistory unknown = new ModelHistory(2);
        FakeCluster there = unknown.cluster();
        there.tells(null);
        there.add(NINE, 1);
        there.clock(DAY.atTime(12, 0));
        export(unknown, RunSummary.Status.SUCCEEDED);
        there.shows(false);
        there.clock(DAY.atTime(13, 0));
        export(unknown, RunSummary.Status.SUCCEEDED);
        there.shows(true);
        export(unknown, RunSummary.Status.SUCCEEDED);

        there.becomes(null);
        there.clock(DAY.atTime(14, 0));
        export(unknown, RunSummary.Status.SUCCEEDED);
        there.add(DAY.atTime(14, 30), 2);
        there.clock(DAY.atTime(15, 0));
        assertThat(export(unknown, RunSummary.Status.FAILED).error().orElseThrow())
                .contains("host:fake#2026-11-19, which does not show the newest rows that were read before");
        unknown.state().clear();
        export(unknown, RunSummary.Status.FAILED);
        unknown.acceptSource("host:fake#2026-11-19");
        export(unknown, RunSummary.Status.SUCCEEDED);
        there.clock(DAY.atTime(16, 0));
        export(unknown, RunSummary.Status.SUCCEEDED);
        assertThat(unknown.exported()).hasSize(2);
        // it happens again: what was accepted before does not hold for it
        there.becomes(null);
        there.add(DAY.plusDays(1).atTime(1, 0), 3);
        there.clock(DAY.plusDays(1).atTime(2, 0));
        assertThat(export(unknown, RunSummary.Status.FAILED).error().orElseThrow())
                .contains("host:fake#2026-11-20");
    }

    private static RunSummary export(ModelHistory history, RunSummary.Status expected) {
        RunSummary summary = history.export(history.state(), sql -> {}, (FaultyCatalog.Disturbance) Runnable::run);
        assertThat(summary.status()).as(summary.toJson()).isEqualTo(expected);
        return summary;
    }

    /** Without a stored identity and a lake that names one, nobody can tell. */
    @Test
    void aClusterOfWhichNothingIsRememberedTakesTheSourceThatItSees() {
        ModelHistory fresh = new ModelHistory(3);
        fresh.cluster().becomes("first");
        fresh.cluster().add(NINE, 1);
        fresh.cluster().clock(DAY.atTime(12, 0));
        RunSummary summary = export(fresh, RunSummary.Status.SUCCEEDED);
        assertThat(summary.source().map(SourceInfo::identity)).isEqualTo(Optional.of("namespace:first"));
    }
}
