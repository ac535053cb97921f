package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.lake.LocalLake;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table {@code clusters}: one row for each change of a cluster's identity or metadata. */
class ClusterRecordTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");

    private static LocalLake storage;
    private static ExportFixture pipeline;

    @BeforeAll
    static void start() {
        storage = new LocalLake();
        pipeline = new ExportFixture(storage);
        pipeline.export(ExportFixture.CORE.subList(0, 1));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
        storage.close();
    }

    @BeforeEach
    void startAfresh() {
        pipeline.startAfresh();
    }

    private static RunSummary runAfter(int minutes) {
        LocalDateTime now = START.plusMinutes(minutes);
        pipeline.redshift.setClock(now);
        return pipeline.runAt(now);
    }

    private static void describe(String nodeType, int nodes) {
        pipeline.state.describe(
                ExportFixture.CLUSTER,
                new ClusterMetadata(
                        Optional.of("123456789012"),
                        Optional.of("eu-central-1"),
                        Optional.of("product-warehouse"),
                        Optional.of(nodeType),
                        Optional.of(nodes)));
    }

    private static List<String> states() {
        return pipeline.rows("clusters").stream()
                .sorted(Comparator.comparing(row -> (LocalDateTime) row.getField("log_time")))
                .map(ClusterRecordTest::text)
                .toList();
    }

    private static String text(Record row) {
        return row.getField("log_time") + " " + row.getField("region") + " " + row.getField("node_type") + " x "
                + row.getField("number_of_nodes");
    }

    @Test
    void eachChangeIsARowAndNothingElseIs() {
        runAfter(10);
        runAfter(20);
        assertThat(states()).containsExactly("2026-11-18T22:08 null null x null");
        assertThat(pipeline.rows("clusters"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.getField("source_identity").toString()).startsWith("host:127.0.0.1:"));
        describe("ra3.xlplus", 2);
        runAfter(30);
        runAfter(40);
        describe("ra3.xlplus", 4);
        runAfter(50);
        assertThat(states())
                .containsExactly(
                        "2026-11-18T22:08 null null x null",
                        "2026-11-18T22:28 eu-central-1 ra3.xlplus x 2",
                        "2026-11-18T22:48 eu-central-1 ra3.xlplus x 4");
    }

    @Test
    void descriptionThatIsLostIsNoChange() {
        describe("ra3.xlplus", 2);
        runAfter(10);
        pipeline.state.clear();
        runAfter(20);
        assertThat(states()).containsExactly("2026-11-18T22:08 eu-central-1 ra3.xlplus x 2");
    }

    @Test
    void failureIsNotedAndTheTablesAreExported() {
        describe("ra3.xlplus", 2);
        runAfter(10);
        pipeline.table("clusters")
                .updateProperties()
                .set("redshift_query_logs.key", "another")
                .commit();
        RunSummary summary = runAfter(20);
        assertThat(ExportFixture.notesButOfTls(summary))
                .hasSize(2)
                .allMatch(note -> note.contains("redshift_query_logs.key = 'another'"))
                .anyMatch(note -> note.startsWith("the sources of earlier runs are unknown"))
                .anyMatch(note -> note.startsWith("the cluster's metadata was not recorded in the table clusters: "));
        assertThat(summary.tables()).hasSize(1).allMatch(TableSummary::complete);
    }
}
