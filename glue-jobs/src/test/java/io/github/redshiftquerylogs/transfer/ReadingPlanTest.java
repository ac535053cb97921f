package io.github.redshiftquerylogs.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.redshift.Source;
import org.junit.jupiter.api.Test;

class ReadingPlanTest {

    private static final long ALL = Long.MAX_VALUE;

    @Test
    void fewRowsAreFetchedOverJdbcAndManyAreNot() {
        assertThat(plan(Source.Way.JDBC, true, 0)).isEqualTo(100);
        assertThat(plan(Source.Way.JDBC, true, 100)).isEqualTo(100);
        assertThat(plan(Source.Way.JDBC, true, 101)).as("the next is as large").isZero();
    }

    @Test
    void dataApiUnloadsInAnyCase() {
        assertThat(plan(Source.Way.DATA_API, true, 0)).isZero();
        assertThat(plan(Source.Way.DATA_API, true, 101)).isZero();
    }

    @Test
    void allRowsAreFetchedWhereTheClusterDoesNotUnload() {
        assertThat(plan(Source.Way.JDBC, false, 101)).isEqualTo(ALL);
        assertThat(plan(Source.Way.DATA_API, false, 101)).isEqualTo(ALL);
    }

    @Test
    void snapshotsAreFetchedFirstInAnyWay() {
        assertThat(new ReadingPlan(Source.Way.DATA_API, 100, true, true, 0).fetchAtMost())
                .isEqualTo(100);
        assertThat(new ReadingPlan(Source.Way.DATA_API, 100, true, true, 101).fetchAtMost())
                .isZero();
    }

    private static long plan(Source.Way way, boolean unloads, long rowsBefore) {
        return new ReadingPlan(way, 100, false, unloads, rowsBefore).fetchAtMost();
    }
}
