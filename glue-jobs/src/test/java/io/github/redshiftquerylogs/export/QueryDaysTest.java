package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.querydays.QueryDay;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs that seal days summarise their queries. */
class QueryDaysTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-18");
    private static final LocalDateTime NOON = DAY.plusDays(1).atTime(12, 0);

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private final ExportFixture pipeline = new ExportFixture(STORAGE);

    /** Runs of queries by day. */
    private Map<LocalDate, Long> totals() {
        Map<LocalDate, Long> totals = new TreeMap<>();
        for (Record row : pipeline.rows("query_days")) {
            if (Boolean.TRUE.equals(row.getField("is_total"))) {
                totals.merge((LocalDate) row.getField("day"), (Long) row.getField("runs"), Long::sum);
            }
        }
        return totals;
    }

    private long queriesOf(LocalDate day) {
        return pipeline.rows("stl_query").stream()
                .filter(row ->
                        ((LocalDateTime) row.getField("log_time")).toLocalDate().equals(day))
                .count();
    }

    @Test
    void eachRunOfASealedDayIsCounted() {
        pipeline.summariseBy(STORAGE.spark());
        pipeline.workload.writeHistory(DAY.atTime(18, 0), NOON);
        pipeline.run();

        assertThat(totals()).containsEntry(DAY, queriesOf(DAY)).containsEntry(DAY.minusDays(1), 0L);
        assertThat(queriesOf(DAY)).isGreaterThan(100);
        assertThat(totals().keySet())
                .as("open")
                .isEqualTo(
                        Set.copyOf(DAY.minusDays(5).datesUntil(DAY.plusDays(1)).toList()));
        assertThat(pipeline.rows("query_days"))
                .filteredOn(row -> row.getField("day").equals(DAY))
                .anySatisfy(row -> assertThat(row.getField("plan_id")).isNotNull())
                .anySatisfy(row -> assertThat(row.getField("alerts")).isNotNull())
                .anySatisfy(row -> assertThat(row.getField("queue")).isNotNull())
                .allSatisfy(row -> assertThat(row.getField("seconds")).isNotNull());
    }

    @Test
    void aSummaryThatFailsEndsNoRunAndIsRepeatedHalfAnHourLater() {
        pipeline.summariseBy((QueryDay) (cluster, day, groups) -> sneak(new IOException("no such view")));
        pipeline.workload.writeHistory(DAY.atTime(23, 0), NOON);
        assertThat(ExportFixture.notesButOfTls(pipeline.run()))
                .singleElement()
                .asString()
                .startsWith("past days were not sealed, a later run tries again: java.io.IOException: no such view");
        assertThat(totals()).doesNotContainKey(DAY);

        pipeline.summariseBy((QueryDay) (cluster, day, groups) -> groups.accept(Map.of("is_total", true, "runs", 7L)));
        pipeline.workload.advanceTo(NOON.plusMinutes(31));
        pipeline.run();
        assertThat(totals()).containsEntry(DAY, 7L);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception problem) throws E {
        throw (E) problem;
    }
}
