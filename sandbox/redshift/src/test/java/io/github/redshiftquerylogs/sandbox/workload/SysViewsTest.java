package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SysViewsTest {

    private static final LocalDateTime MORNING = LocalDateTime.parse("2026-11-20T06:30:00");
    private static final WorkloadProfile PROFILE = new WorkloadProfile(7, 1, 1, Duration.ofMinutes(2));

    private static Workload workload(EmbeddedRedshift redshift) {
        return new Workload(redshift, new Ledger(redshift.tables()), PROFILE);
    }

    private static EmbeddedRedshift standIn(List<SystemTable> tables) {
        return EmbeddedRedshift.recycled("alpha", StandInRows.USER, StandInRows.PASSWORD, tables);
    }

    private static List<List<String>> query(EmbeddedRedshift redshift, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = StandInRows.connect(redshift);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)).stripTrailing());
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static long count(EmbeddedRedshift redshift, String from) throws SQLException {
        return Long.parseLong(
                query(redshift, "select count(*) from " + from).get(0).get(0));
    }

    @ParameterizedTest
    @EnumSource(Patch.class)
    void theLedgerHasWhatIsFinalAndTheSourceAlsoShowsWhatRuns(Patch patch) throws SQLException {
        try (EmbeddedRedshift redshift = standIn(SystemTables.serverless(patch));
                Workload workload = workload(redshift)) {
            workload.writeHistory(MORNING, MORNING.plusHours(4));
            for (int i = 1; i <= 60; i++) {
                workload.advanceTo(MORNING.plusHours(4).plusSeconds(i * 17L));
            }
            workload.finish();
            workload.advanceTo(workload.now().plus(SysLog.LATENESS));
            assertThat(workload.pendingRows()).isZero();
            for (SystemTable table : redshift.tables()) {
                Map<List<@Nullable String>, Long> open = new HashMap<>(StandInRows.multiset(redshift, table));
                Ledger ledger = workload.ledger();
                assertThat(ledger.multiset(table.name())).as(table.name()).isNotEmpty();
                ledger.multiset(table.name()).forEach((row, times) -> open.merge(row, -times, Long::sum));
                ledger.optional(table.name()).forEach((row, times) -> open.merge(row, -times, Long::sum));
                open.values().removeIf(times -> times == 0);
                assertThat(open.values()).as(table.name()).allMatch(times -> times > 0);
                if (table.name().equals("sys_query_history")) {
                    assertThat(open.keySet())
                            .extracting(row -> row.get(table.columnNames().indexOf("status")))
                            .contains("running")
                            .isSubsetOf("planning", "queued", "running", "returning");
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameFinalRowsInWhateverSteps() {
        try (EmbeddedRedshift one = standIn(SystemTables.provisioned(Patch.NEWER));
                EmbeddedRedshift other = standIn(SystemTables.provisioned(Patch.NEWER));
                Workload atOnce = workload(one);
                Workload inSteps = workload(other)) {
            atOnce.writeHistory(MORNING, MORNING.plusHours(2));
            inSteps.beginAt(MORNING);
            for (int i = 1; i <= 12; i++) {
                inSteps.advanceTo(MORNING.plusSeconds(i * 600L));
            }
            for (SystemTable table : one.tables()) {
                assertThat(inSteps.ledger().multiset(table.name()))
                        .as(table.name())
                        .isNotEmpty()
                        .isEqualTo(atOnce.ledger().multiset(table.name()));
                assertThat(inSteps.ledger().optional(table.name()))
                        .isEqualTo(atOnce.ledger().optional(table.name()));
            }
        }
    }

    @Test
    void aQueryIsShownWhileItRunsWithItsTextAndItsStepsAndChanges() throws SQLException {
        try (EmbeddedRedshift redshift = standIn(SystemTables.serverless(Patch.NEWER));
                Workload workload = workload(redshift)) {
            workload.beginAt(MORNING);
            workload.idle(MORNING, MORNING.plusDays(1));
            LocalDateTime start = MORNING.plusMinutes(1);
            LocalDateTime end = start.plusMinutes(40);
            workload.write(QueryShape.LONG, end);
            List<List<String>> states = new ArrayList<>();
            for (LocalDateTime time : List.of(
                    start.plusNanos(10_000_000),
                    start.plusNanos(100_000_000),
                    start.plusSeconds(1),
                    start.plusMinutes(20),
                    end.minusNanos(10_000_000),
                    end.plusMinutes(2))) {
                workload.advanceTo(time);
                states.addAll(query(
                        redshift,
                        "select status, end_time is null, end_time < '" + end + "',"
                                + " (select count(*) > 0 from sys_query_text),"
                                + " (select string_agg(distinct is_active, ',') from sys_query_detail)"
                                + " from sys_query_history"));
            }
            assertThat(states)
                    .containsExactly(
                            List.of("planning", "t", "null", "t", "null"),
                            List.of("queued", "t", "null", "t", "null"),
                            List.of("running", "f", "t", "t", "t"),
                            List.of("running", "f", "t", "t", "t"),
                            List.of("returning", "f", "t", "t", "t"),
                            List.of("success", "f", "f", "t", "f"));
        }
    }

    @Test
    void statementsHaveTheSameTimesAndUsersInBothFamiliesAndOtherIds() throws SQLException {
        try (EmbeddedRedshift redshift = standIn(SystemTables.provisioned(Patch.NEWER));
                Workload workload = workload(redshift)) {
            workload.writeHistory(MORNING, MORNING.plusHours(4));
            workload.finish();
            workload.advanceTo(workload.now().plus(SysLog.LATENESS));
            long ended = count(redshift, "sys_query_history where status in ('success', 'failed', 'canceled')");
            assertThat(ended).isPositive();
            assertThat(count(
                            redshift,
                            "stl_query q join sys_query_history h on h.user_id = q.userid and h.session_id = q.pid"
                                    + " and h.transaction_id = q.xid and h.start_time = q.starttime"
                                    + " and h.query_id <> q.query and h.query_text = q.querytxt"))
                    .isEqualTo(count(redshift, "stl_query"));
            assertThat(query(redshift, "select distinct status from sys_query_history order by 1"))
                    .containsExactlyInAnyOrder(
                            List.of("canceled"),
                            List.of("failed"),
                            List.of("returning"),
                            List.of("running"),
                            List.of("success"),
                            List.of("suspended"));
            assertThat(count(redshift, "sys_query_history where status = 'running' and end_time is not null"))
                    .isPositive();
            assertThat(count(
                            redshift,
                            "sys_query_history where elapsed_time <>"
                                    + " round(extract(epoch from end_time - start_time) * 1000000)"
                                    + " and status not in ('planning', 'queued', 'running')"))
                    .isZero();
            for (String child :
                    List.of("sys_query_text", "sys_query_detail", "sys_query_explain", "sys_external_query_detail")) {
                assertThat(count(redshift, child + " where query_id not in (select query_id from sys_query_history)"))
                        .as(child)
                        .isZero();
            }
        }
    }

    @Test
    void aServerlessWorkgroupHasNoStlTableAndAProvisionedClusterNoUsage() {
        try (EmbeddedRedshift serverless = standIn(SystemTables.serverless(Patch.NEWER));
                EmbeddedRedshift provisioned = standIn(SystemTables.provisioned(Patch.NEWER))) {
            assertThatThrownBy(() -> count(serverless, "stl_query"))
                    .hasMessageContaining("relation \"stl_query\" does not exist");
            assertThatThrownBy(() -> count(provisioned, "sys_serverless_usage")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void aRestrictedUserSeesOnlyItsOwnRowsAndNothingWhereThereIsNoUser() throws SQLException {
        try (EmbeddedRedshift redshift = standIn(SystemTables.serverless(Patch.NEWER));
                Workload workload = workload(redshift)) {
            workload.writeHistory(MORNING, MORNING.plusHours(2));
            assertThat(count(redshift, "sys_connection_log")).isPositive();
            redshift.restrictSyslogAccess();
            for (SystemTable table : redshift.tables()) {
                assertThat(count(redshift, table.name())).as(table.name()).isZero();
            }
        }
    }
}
