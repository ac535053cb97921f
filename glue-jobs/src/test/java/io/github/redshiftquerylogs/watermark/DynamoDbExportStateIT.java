package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.sandbox.aws.servers.DynamoDbProcess;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** {@link ExportState} over AWS's own DynamoDB Local, and what others see of it in the table. */
class DynamoDbExportStateIT extends ExportStateContract {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00");
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final int RUNS = 8;

    private static DynamoDbProcess process;
    private static DynamoDbClient dynamoDb;
    private static TestingStateTable table;

    @BeforeAll
    static void start(@TempDir Path folder) {
        process = DynamoDbProcess.start(folder);
        dynamoDb = DynamoDbClient.builder().endpointOverride(process.uri()).build();
        table = TestingStateTable.create(dynamoDb, "export_state");
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
        process.close();
    }

    @Override
    DynamoDbExportState state() {
        return new DynamoDbExportState(dynamoDb, table.name());
    }

    @Test
    void watermarkIsStoredUnderTheTypedKeyWithSixDecimals() {
        ClusterName cluster = new ClusterName("keys");
        Watermark mark = new Watermark(NOON, Optional.of(NOON.minusNanos(1_000)), "uuid-1", "host:a:5439/dev");
        state().advance(cluster, "stl_query", TableState.NOTHING, mark, LENGTH);

        assertThat(table.item("keys", "table#stl_query"))
                .containsEntry("read_up_to", AttributeValue.fromS("2026-11-19T12:00:00.000000"))
                .containsEntry("lake_greatest", AttributeValue.fromS("2026-11-19T11:59:59.999999"))
                .containsEntry("table_uuid", AttributeValue.fromS("uuid-1"))
                .containsEntry("source_identity", AttributeValue.fromS("host:a:5439/dev"))
                .containsEntry("window_seconds", AttributeValue.fromN("21600"))
                .containsEntry("revision", AttributeValue.fromN("1"));
    }

    @Test
    void countIsStoredByTableWithItsTotals() {
        ClusterName cluster = new ClusterName("counted");
        state().claimCount(cluster, "stl_query", "jr_1", NOON, LENGTH);
        assertThat(table.item("counted", "count#stl_query"))
                .containsEntry("claim_run", AttributeValue.fromS("jr_1"))
                .containsEntry("claim_until", AttributeValue.fromS("2026-11-19T18:00:00.000000"));
        ClosedDay.Totals totals = new ClosedDay.Totals(12, 10, List.of(3, 17));
        state().closeDay(cluster, "stl_query", new ClosedDay(NOON.toLocalDate(), Optional.of(totals)), NOON);
        assertThat(table.item("counted", "count#stl_query"))
                .containsEntry("day", AttributeValue.fromS("2026-11-19"))
                .containsEntry("source_rows", AttributeValue.fromN("12"))
                .containsEntry("lake_rows", AttributeValue.fromN("10"))
                .containsEntry("differing_hours", AttributeValue.fromS("3, 17"))
                .containsEntry("counted_at", AttributeValue.fromS("2026-11-19T12:00:00.000000"))
                .hasSize(7);
    }

    /** Such a claim would keep a table from being counted for ever. */
    @Test
    void claimThatIsUnreadableOrFarAwayDoesNotHold() {
        ClusterName cluster = new ClusterName("claimed");
        for (AttributeValue until : List.of(
                AttributeValue.fromS("never"), AttributeValue.fromN("9"), AttributeValue.fromS("2999-01-01T00:00"))) {
            dynamoDb.putItem(put -> put.tableName(table.name())
                    .item(Map.of(
                            "cluster_name", AttributeValue.fromS("claimed"),
                            "entry", AttributeValue.fromS("count#stl_query"),
                            "day", AttributeValue.fromS("yesterday"),
                            "claim_until", until)));
            assertThat(state().closedDay(cluster, "stl_query")).isEmpty();
            assertThat(state().claimCount(cluster, "stl_query", "jr_1", NOON, LENGTH))
                    .as(until.toString())
                    .isTrue();
            assertThat(state().claimCount(cluster, "stl_query", "jr_2", NOON, LENGTH))
                    .isFalse();
        }
    }

    @Test
    void descriptionIsReadAsTheOrchestratorStoresIt() {
        ClusterName cluster = new ClusterName("described");
        assertThat(state().description(cluster)).isEmpty();
        dynamoDb.putItem(put -> put.tableName(table.name())
                .item(Map.of(
                        "cluster_name", AttributeValue.fromS("described"),
                        "entry", AttributeValue.fromS("description"),
                        "account_id", AttributeValue.fromS("123456789012"),
                        "region", AttributeValue.fromS("eu-central-1"),
                        "cluster_identifier", AttributeValue.fromS("product-warehouse"),
                        "node_type", AttributeValue.fromS("ra3.xlplus"),
                        "number_of_nodes", AttributeValue.fromN("4"),
                        "described_at", AttributeValue.fromS("2026-11-19T12:00:00Z"))));
        assertThat(state().description(cluster))
                .contains(new ClusterMetadata(
                        Optional.of("123456789012"),
                        Optional.of("eu-central-1"),
                        Optional.of("product-warehouse"),
                        Optional.of("ra3.xlplus"),
                        Optional.of(4)));
    }

    @Test
    void attemptIsStoredBesideTheWatermark() {
        ClusterName cluster = new ClusterName("attempts");
        state().begin(cluster, "stl_scan", new TableState.Attempt("jr_1", new Window(NOON, NOON.plusHours(1))));

        assertThat(table.item("attempts", "table#stl_scan"))
                .containsEntry("attempt_run", AttributeValue.fromS("jr_1"))
                .containsEntry("attempt_from", AttributeValue.fromS("2026-11-19T12:00:00.000000"))
                .containsEntry("attempt_to", AttributeValue.fromS("2026-11-19T13:00:00.000000"))
                .doesNotContainKey("read_up_to");
    }

    @Test
    void gapsOfATableStayBesideEachOther() {
        ClusterName cluster = new ClusterName("gaps");
        state().recordGap(cluster, "stl_query", "jr_1", new Gap(NOON, NOON.plusDays(1)));
        state().recordGap(cluster, "stl_query", "jr_2", new Gap(NOON.plusDays(9), NOON.plusDays(10)));

        assertThat(table.item("gaps", "gap#stl_query#2026-11-19T12:00:00.000000"))
                .containsEntry("until", AttributeValue.fromS("2026-11-20T12:00:00.000000"))
                .containsEntry("run_id", AttributeValue.fromS("jr_1"));
        assertThat(table.item("gaps", "gap#stl_query#2026-11-28T12:00:00.000000"))
                .containsEntry("run_id", AttributeValue.fromS("jr_2"));
    }

    @Test
    void snapshotReplacesTheOneBeforeAndWhatIsMissing() {
        ClusterName cluster = new ClusterName("snapshots");
        state().recordSnapshot(
                        cluster,
                        "pg_class",
                        new SnapshotState("jr_1", NOON, 2, 3_000_000_000L, List.of("dev: refused", "sales: no time")));
        assertThat(table.item("snapshots", "snapshot#pg_class"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("snapshots"),
                        "entry", AttributeValue.fromS("snapshot#pg_class"),
                        "run_id", AttributeValue.fromS("jr_1"),
                        "tried_at", AttributeValue.fromS("2026-11-19T12:00:00.000000"),
                        "taken", AttributeValue.fromN("2"),
                        "snapshot_rows", AttributeValue.fromN("3000000000"),
                        "missing", AttributeValue.fromS("dev: refused; sales: no time")));

        state().recordSnapshot(cluster, "pg_class", new SnapshotState("jr_2", NOON.plusDays(1), 0, 0, List.of()));
        state().recordSnapshot(cluster, "pg_user", new SnapshotState("jr_2", NOON, 1, 7, List.of()));
        assertThat(table.item("snapshots", "snapshot#pg_class"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("snapshots"),
                        "entry", AttributeValue.fromS("snapshot#pg_class"),
                        "run_id", AttributeValue.fromS("jr_2"),
                        "tried_at", AttributeValue.fromS("2026-11-20T12:00:00.000000"),
                        "taken", AttributeValue.fromN("0"),
                        "snapshot_rows", AttributeValue.fromN("0")));
    }

    @Test
    void latestRunReplacesTheOneBefore() {
        ClusterName cluster = new ClusterName("runs");
        Instant start = Instant.parse("2026-11-19T12:00:00.5Z");
        state().recordRun(cluster, new RunRecord("jr_1", "failed", start, start.plusSeconds(9), "{\"a\":1}"));
        state().recordRun(cluster, new RunRecord("jr_2", "succeeded", start, start.plusSeconds(9), "{\"a\":2}"));

        assertThat(table.item("runs", "run#latest"))
                .isEqualTo(Map.of(
                        "cluster_name", AttributeValue.fromS("runs"),
                        "entry", AttributeValue.fromS("run#latest"),
                        "run_id", AttributeValue.fromS("jr_2"),
                        "status", AttributeValue.fromS("succeeded"),
                        "started_at", AttributeValue.fromS("2026-11-19T12:00:00.500Z"),
                        "finished_at", AttributeValue.fromS("2026-11-19T12:00:09.500Z"),
                        "summary", AttributeValue.fromS("{\"a\":2}")));
    }

    /** Without the condition on the revision the last writer would win, and the watermark would go back. */
    @Test
    void onlyOneOfManyRunsAtOnceStoresItsWatermark() throws InterruptedException, ExecutionException {
        ClusterName cluster = new ClusterName("race");
        for (int round = 0; round < 10; round++) {
            TableState before = state().load(cluster, "stl_query");
            CountDownLatch ready = new CountDownLatch(RUNS);
            ExecutorService threads = Executors.newFixedThreadPool(RUNS);
            try {
                List<Future<Boolean>> stored = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    Watermark mark = new Watermark(
                            NOON.plusDays(round).plusHours(run), Optional.empty(), "uuid-1", "run " + run);
                    stored.add(threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return state().advance(cluster, "stl_query", before, mark, LENGTH);
                    }));
                }
                List<Integer> winners = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    if (stored.get(run).get()) {
                        winners.add(run);
                    }
                }
                assertThat(winners).as("round %d", round).hasSize(1);
                TableState after = state().load(cluster, "stl_query");
                assertThat(after.revision()).isEqualTo(before.revision() + 1);
                assertThat(after.watermark().orElseThrow().sourceIdentity()).isEqualTo("run " + winners.get(0));
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void missingTableIsAnErrorAndNotAnEmptyState() {
        ExportState nowhere = new DynamoDbExportState(dynamoDb, "elsewhere");
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> nowhere.load(new ClusterName("a"), "stl_query"));
    }

    private static void put(String cluster, String entry, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("cluster_name", AttributeValue.fromS(cluster));
        item.put("entry", AttributeValue.fromS(entry));
        dynamoDb.putItem(request -> request.tableName(table.name()).item(item));
    }

    /** A watermark is stored on condition of the revision, so an unreadable one would refuse each for good. */
    @ParameterizedTest
    @MethodSource("unreadableRevisions")
    void unreadableRevisionIsNotedOnceAndHealedByTheNextWatermark(AttributeValue revision) {
        ClusterName cluster = new ClusterName("revisions");
        put("revisions", "table#stl_scan", Map.of("revision", revision));
        TableState stored = state().load(cluster, "stl_scan");
        assertThat(stored.lost())
                .singleElement()
                .asString()
                .contains("(revisions, table#stl_scan)", "revision", "expected a whole number");
        Watermark mark = new Watermark(NOON, Optional.empty(), "uuid-1", "host:a");
        assertThat(state().advance(cluster, "stl_scan", stored, mark, LENGTH)).isTrue();
        assertThat(state().load(cluster, "stl_scan"))
                .isEqualTo(new TableState(Optional.of(mark), Optional.of(LENGTH), Optional.empty(), 1));
    }

    static Stream<AttributeValue> unreadableRevisions() {
        return Stream.of(
                AttributeValue.fromS("3"),
                AttributeValue.fromN("-1"),
                AttributeValue.fromN("2.5"),
                AttributeValue.fromN("99999999999999999999999999999999999999"),
                AttributeValue.fromNul(true),
                AttributeValue.fromM(Map.of("a", AttributeValue.fromN("1"))));
    }

    @Test
    void unreadableAttributesAreReplacedByTheNextWatermark() {
        ClusterName cluster = new ClusterName("healed");
        put(
                "healed",
                "table#stl_scan",
                Map.of(
                        "read_up_to", AttributeValue.fromS("None"),
                        "lake_greatest", AttributeValue.fromN("1"),
                        "window_seconds", AttributeValue.fromN("0"),
                        "attempt_run", AttributeValue.fromS("jr_0"),
                        "revision", AttributeValue.fromN("7")));
        TableState stored = state().load(cluster, "stl_scan");
        assertThat(stored.lost()).hasSize(5);
        assertThat(stored.revision()).isEqualTo(7);
        Watermark mark = new Watermark(NOON, Optional.empty(), "uuid-1", "host:a");
        assertThat(state().advance(cluster, "stl_scan", stored, mark, LENGTH)).isTrue();
        assertThat(state().load(cluster, "stl_scan"))
                .isEqualTo(new TableState(Optional.of(mark), Optional.of(LENGTH), Optional.empty(), 8));
    }

    @Test
    void unreadableDescriptionNamesItemAndAttribute() {
        ClusterName cluster = new ClusterName("undescribed");
        put("undescribed", "description", Map.of("number_of_nodes", AttributeValue.fromS("four")));
        assertThatExceptionOfType(UnreadableStateException.class)
                .isThrownBy(() -> state().description(cluster))
                .withMessageContaining("(undescribed, description) has number_of_nodes = S 'four'");
    }
}
