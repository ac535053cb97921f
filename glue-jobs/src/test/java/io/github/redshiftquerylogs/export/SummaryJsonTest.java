package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.SettingsException;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.watermark.Backfill;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The JSON of a summary is read by users and alarms: names, order and formats stay. */
class SummaryJsonTest {

    private static final RunSummary.Start START =
            new RunSummary.Start(new ClusterName("product-warehouse"), "jr_1", Instant.parse("2026-11-19T01:00:00Z"));
    private static final Instant END = Instant.parse("2026-11-19T01:01:02.500Z");

    @Test
    void runThatReadTables() {
        TableSummary complete = new TableSummary(
                "stl_query",
                Optional.of(new StartingPoint(
                        Optional.of(LocalDateTime.parse("2026-11-19T00:00")), StartingPoint.Origin.WATERMARK)),
                Optional.of(LocalDateTime.parse("2026-11-19T00:58:00.000001")),
                new TableCounts(3, 1, 12_345_678_901L, 4),
                Duration.ofMillis(1_234),
                true,
                Optional.of(new Backfill(
                        LocalDateTime.parse("2026-11-12T00:00"),
                        LocalDateTime.parse("2026-11-19T00:58"),
                        Instant.parse("2026-11-19T01:00:00Z"),
                        Optional.of(Instant.parse("2026-11-19T02:00:00Z")))),
                List.of("column label is missing in the source: it is null in the lake"),
                Optional.empty(),
                Optional.empty());
        TableSummary refused =
                TableSummary.unavailable("stl_vacuum", new Unavailable(Unavailable.State.REFUSED, "expected a GRANT"));
        TableSummary failed = TableSummary.failed(
                "stl_scan", Failure.of(new SettingsException("no \"luck\""), UnaryOperator.identity()));
        SourceInfo source = new SourceInfo(
                "namespace:abc",
                LocalDateTime.parse("2026-11-19T01:00"),
                LocalDateTime.parse("2026-11-19T00:58"),
                List.of("a note"));

        String json =
                START.finished(END, source, List.of(complete, failed, refused)).toJson();

        assertThat(json)
                .isEqualTo("{\"cluster\":\"product-warehouse\",\"run_id\":\"jr_1\",\"status\":\"failed\","
                        + "\"started_at\":\"2026-11-19T01:00:00Z\",\"finished_at\":\"2026-11-19T01:01:02.500Z\","
                        + "\"source_identity\":\"namespace:abc\",\"source_clock\":\"2026-11-19T01:00\","
                        + "\"to\":\"2026-11-19T00:58\",\"notes\":[\"a note\"],\"tables\":["
                        + "{\"table\":\"stl_query\",\"origin\":\"watermark\",\"from\":\"2026-11-19T00:00\","
                        + "\"read_up_to\":\"2026-11-19T00:58:00.000001\",\"windows\":3,\"unloaded\":1,"
                        + "\"rows\":12345678901,\"attempts\":4,\"seconds\":1.234,\"complete\":true,"
                        + "\"backfill\":{\"from\":\"2026-11-12T00:00\",\"to\":\"2026-11-19T00:58\","
                        + "\"since\":\"2026-11-19T01:00:00Z\",\"done_at\":\"2026-11-19T02:00:00Z\"},"
                        + "\"notes\":[\"column label is missing in the source: it is null in the lake\"]},"
                        + "{\"table\":\"stl_scan\",\"windows\":0,\"unloaded\":0,\"rows\":0,\"attempts\":0,"
                        + "\"seconds\":0.0,\"complete\":false,\"error\":\"no \\\"luck\\\"\"},"
                        + "{\"table\":\"stl_vacuum\",\"windows\":0,\"unloaded\":0,\"rows\":0,\"attempts\":0,"
                        + "\"seconds\":0.0,\"complete\":false,\"state\":\"refused\","
                        + "\"reason\":\"expected a GRANT\"}]}");
    }

    @Test
    void runThatReadNothing() {
        Failure failure = Failure.of(new SettingsException("no way to it"), UnaryOperator.identity());
        assertThat(START.nothingRead(END, RunSummary.Status.FAILED, failure).toJson())
                .isEqualTo("{\"cluster\":\"product-warehouse\",\"run_id\":\"jr_1\",\"status\":\"failed\","
                        + "\"started_at\":\"2026-11-19T01:00:00Z\",\"finished_at\":\"2026-11-19T01:01:02.500Z\","
                        + "\"error\":\"no way to it\",\"tables\":[]}");
    }
}
