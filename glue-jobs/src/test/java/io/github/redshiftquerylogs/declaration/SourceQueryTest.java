package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceQueryTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00.000001");

    @Test
    void columnsGetOtherNamesByTheirPosition() {
        Window window = new Window(SourceQuery.BEGINNING, SourceQuery.BEGINNING.plusDays(1));
        SourceQuery query = new SourceQuery("select a, a from t where a > :from and a <= :to");
        assertThat(query.rowsWithNames(window, List.of("log_time", "rows")))
                .isEqualTo("select * from (" + query.rows(window) + "\n) renamed (\"log_time\", \"rows\")");
    }

    @Test
    void boundsAreLiteralsWithSixDecimals() {
        assertThat(new SourceQuery("a > :from and a <= :to").rows(new Window(NOON, NOON.plusHours(1))))
                .isEqualTo(
                        "a > timestamp '2026-11-19 12:00:00.000001' and a <= timestamp '2026-11-19 13:00:00.000001'");
    }

    @Test
    void castsAndLongerNamesAreNoBounds() {
        assertThat(new SourceQuery("x::from, :from_here, :tomorrow").rows(new Window(NOON, NOON.plusHours(1))))
                .isEqualTo("x::from, :from_here, :tomorrow");
    }

    @Test
    void queryMayEndWithAComment() {
        assertThat(new SourceQuery("select 1 where :from < :to -- all").columns())
                .endsWith(" -- all\n) described limit 0");
    }

    @Test
    void rowsOfEachHourAreCounted() {
        SourceQuery query = new SourceQuery("select a as log_time from t where a > :from and a <= :to");
        Window window = new Window(NOON, NOON.plusHours(1));
        String rows = " from (" + query.rows(window) + "\n) counted";
        assertThat(query.rowsByHour(window))
                .isEqualTo("select date_trunc('hour', coalesce(log_time, timestamp '1970-01-01 00:00:00.000000')),"
                        + " cast(count(*) as bigint)" + rows + " group by 1");
        assertThat(query.rowsByHourByPosition(window))
                .contains("coalesce(first_column,")
                .endsWith(rows + " (first_column) group by 1");
    }

    @Test
    void columnsAreAskedForWithoutARow() {
        assertThat(new SourceQuery("select 1 where :from < :to").columns())
                .startsWith("select * from (")
                .endsWith("limit 0");
    }
}
