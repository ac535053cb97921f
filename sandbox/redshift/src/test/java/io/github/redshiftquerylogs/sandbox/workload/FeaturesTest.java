package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The content of a default run of three days, queried from the source by SQL. */
class FeaturesTest {

    private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-17T21:30:00");

    @AutoClose
    private static EmbeddedRedshift redshift;

    private static Ledger ledger;
    private static Duration took = Duration.ZERO;

    @BeforeAll
    static void threeDays() {
        redshift = EmbeddedRedshift.recycled("alpha", StandInRows.USER, StandInRows.PASSWORD);
        ledger = new Ledger(redshift.tables());
        long begin = System.nanoTime();
        try (Workload workload = new Workload(redshift, ledger, WorkloadProfile.quiet(11))) {
            workload.writeHistory(FROM, FROM.plusDays(3));
            workload.finish();
            workload.advanceTo(workload.now().plusMinutes(2));
        }
        took = Duration.ofNanos(System.nanoTime() - begin);
    }

    private static long count(String from) throws SQLException {
        try (Connection connection = StandInRows.connect(redshift);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from (" + from + ") counted")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void itIsBigEnoughForADemoAndQuickEnough() {
        long rows = ledger.counts().values().stream().mapToLong(Long::longValue).sum();
        assertThat(ledger.counts().values()).doesNotContain(0L);
        assertThat(rows).isBetween(10_000L, 40_000L);
        assertThat(rows / Math.max(1, took.toMillis()))
                .as("thousands of rows a second, %d rows took %s", rows, took)
                .isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/features.txt", delimiterString = "=>", quoteCharacter = '`')
    void theRunContains(String feature, String sql) throws SQLException {
        assertThat(count(sql)).as(feature).isPositive();
    }

    @Test
    void idleMinutesHaveNoRowOfAnyTable() throws SQLException {
        String idle = "extract(minute from %s) in (4, 5, 34)";
        assertThat(count("select 1 from stl_query where " + idle.formatted("endtime")))
                .isZero();
        assertThat(count("select 1 from stl_ddltext where " + idle.formatted("endtime")))
                .isZero();
        assertThat(count("select 1 from stl_utilitytext where " + idle.formatted("endtime")))
                .isZero();
        assertThat(count("select 1 from stl_wlm_query where "
                        + idle.formatted("case when service_class_end_time > timestamp '2000-01-02'"
                                + " then service_class_end_time else service_class_start_time end")))
                .isZero();
    }

    @Test
    void everyChildHasItsQuery() throws SQLException {
        for (String child : new String[] {"stl_querytext", "stl_explain", "stl_scan", "stl_alert_event_log"}) {
            assertThat(
                            count(
                                    "select 1 from " + child
                                            + " c where not exists (select 1 from stl_query q where q.query = c.query and q.userid = c.userid)"))
                    .as(child)
                    .isZero();
        }
    }
}
