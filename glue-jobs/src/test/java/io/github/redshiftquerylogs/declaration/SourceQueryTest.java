package io.github.redshiftquerylogs.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class SourceQueryTest {

    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00.000001");

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
    void columnsAreAskedForWithoutARow() {
        assertThat(new SourceQuery("select 1 where :from < :to").columns())
                .startsWith("select * from (")
                .endsWith("limit 0");
    }
}
