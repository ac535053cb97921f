package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.watermark.ClusterExports;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which exports a run reads, and what it does with those that it cannot read. */
class ExportChoiceTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T19:00:00");
    private static final LocalDateTime MIDNIGHT =
            START.toLocalDate().plusDays(1).atStartOfDay();

    private static final List<ExportDeclaration> EXPORTS = List.of(
            export("stl_query", "core", ""),
            export("stl_ddltext", "core", ""),
            export("further", "stl", "grants: [stl_wlm_query]"),
            export("monitored", "sys", ""));

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    @AutoClose
    private final ExportFixture pipeline = new ExportFixture(STORAGE);

    /** Reads a table of its name, or stl_wlm_query. */
    private static ExportDeclaration export(String name, String set, String grants) {
        String table = name.startsWith("stl") ? name : "stl_wlm_query";
        String time = name.startsWith("stl") ? "endtime" : "queue_start_time";
        return Declarations.parse("""
                name: %1$s
                set: %2$s
                log_time_rule: %4$s
                key: [userid]
                reread: true
                %5$s
                sql: select %4$s as log_time, source.* from %3$s source where %4$s > :from and %4$s <= :to
                columns: [{name: userid, type: integer}]
                """.formatted(name, set, table, time, grants), "test");
    }

    @BeforeEach
    void write() {
        pipeline.export(EXPORTS);
        pipeline.select();
        pipeline.workload.writeHistory(START, START.plusHours(1));
        pipeline.redshift.setClock(START.plusHours(2));
    }

    private static List<String> names(RunSummary summary) {
        return summary.tables().stream().map(TableSummary::table).toList();
    }

    private static TableSummary table(RunSummary summary, String name) {
        return summary.tables().stream()
                .filter(table -> table.table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ClusterExports stored() {
        return pipeline.state.exports(ExportFixture.CLUSTER);
    }

    private RunSummary runAt(LocalDateTime now) {
        pipeline.redshift.setClock(now);
        return pipeline.runAt(now);
    }

    /** A run that may fail. */
    private RunSummary attempt() {
        pipeline.redshift.setClock(pipeline.workload.now());
        return pipeline.attempt();
    }

    private RunSummary next() {
        return runAt(pipeline.redshift.now().plusMinutes(5));
    }

    @Test
    void newClusterExportsWhatItsSourceHasAndKeepsDoingSo() {
        assertThat(names(next())).containsExactly("further", "stl_ddltext", "stl_query");
        assertThat(stored().byDefault()).contains(DefaultExports.SUITABLE);
        assertThat(stored().selected()).containsOnlyKeys("further", "stl_ddltext", "stl_query");
        assertThat(names(next())).containsExactly("further", "stl_ddltext", "stl_query");
        pipeline.state.clear();
        assertThat(names(next()))
                .as("the lake knows that it exported more than core")
                .containsExactly("further", "stl_ddltext", "stl_query");
    }

    @Test
    void sourceThatShowsNoStlTableExportsSysViews() {
        pipeline.administer(
                "revoke select on stl_query from exporter",
                "create table sys_query_history (query_id bigint)",
                "grant select on sys_query_history to exporter");
        assertThat(names(next())).containsExactly("monitored");
        assertThat(stored().byDefault())
                .as("decided for the cluster, not for the kind of its source")
                .contains(DefaultExports.SUITABLE);
    }

    @Test
    void sourceThatShowsNeitherFails() {
        pipeline.administer("revoke select on stl_query from exporter");
        RunSummary summary = attempt();
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.error().orElseThrow())
                .contains(
                        "user exporter can read neither stl_query nor sys_query_history: expected that a superuser runs");
        assertThat(stored().selected()).isEmpty();
    }

    @Test
    void clusterOfAnEarlierReleaseKeepsCoreUntilAListSaysOtherwise() {
        pipeline.select("core");
        next();
        ClusterExports now = stored();
        // what an earlier release has left: tables, and nothing about exports
        pipeline.state.forgetExports();
        pipeline.select();
        RunSummary upgraded = next();
        assertThat(now.byDefault()).contains(DefaultExports.SUITABLE);
        assertThat(names(upgraded)).containsExactly("stl_ddltext", "stl_query");
        assertThat(upgraded.source().orElseThrow().notes().toString())
                .contains("keeps exporting the set core", "redshift_query_logs.product-warehouse.exports");
        assertThat(next().source().orElseThrow().notes().toString())
                .as("said once")
                .doesNotContain("keeps exporting");
        pipeline.select("-stl_ddltext");
        assertThat(names(next())).containsExactly("stl_query");
        pipeline.select("stl,-stl_ddltext");
        assertThat(names(next())).containsExactly("further", "stl_query");
        pipeline.select();
        assertThat(names(next())).containsExactly("stl_ddltext", "stl_query");
    }

    @Test
    void clusterWhoseStateIsLostKeepsCoreIfTheLakeHasRowsOfCoreAlone() {
        pipeline.select("core");
        next();
        pipeline.state.clear();
        pipeline.select();
        assertThat(names(next())).containsExactly("stl_ddltext", "stl_query");
        assertThat(stored().byDefault()).contains(DefaultExports.CORE);
    }

    @Test
    void exportThatWasSelectedBeforeKeepsItsTimeAndAnotherOneIsForgotten() {
        pipeline.select("stl");
        next();
        Map<String, Instant> first = stored().selected();
        pipeline.select("core,monitored");
        next();
        assertThat(stored().selected())
                .containsOnlyKeys("stl_query", "stl_ddltext", "monitored")
                .containsEntry("stl_query", first.get("stl_query"))
                .containsEntry("monitored", pipeline.redshift.now().toInstant(ZoneOffset.UTC));
    }

    @Test
    void unknownNamesAreReportedTogetherAndNothingIsRead() {
        pipeline.select("stl_qery,core,-furter");
        RunSummary summary = attempt();
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.tables()).isEmpty();
        assertThat(summary.error().orElseThrow())
                .contains(
                        "redshift_query_logs.product-warehouse.exports = 'furter': expected names of exports, or of the"
                                + " sets core, stl, stl-large, sys, names, states, own; the nearest names are further, ",
                        "redshift_query_logs.product-warehouse.exports = 'stl_qery'",
                        "the nearest names are stl_query, ");
    }

    @Test
    void exportThatTheUserMayNotReadIsRefusedWithTheGrantUntilItIsGiven() {
        pipeline.administer("revoke select on stl_wlm_query from exporter");
        RunSummary summary = next();
        Unavailable why = table(summary, "further").unavailable().orElseThrow();
        assertThat(why.state()).isEqualTo(Unavailable.State.REFUSED);
        assertThat(why.reason())
                .startsWith(
                        "the user may not read it (ERROR: permission denied for table stl_wlm_query): expected that a"
                                + " superuser runs GRANT SELECT ON stl_wlm_query TO \"exporter\"");
        assertThat(summary.toJson()).contains("\"state\":\"refused\",\"reason\":\"the user may not");
        assertThat(table(summary, "stl_query").complete()).isTrue();
        assertThat(stored().refused()).containsOnlyKeys("further").containsValue(why.reason());
        assertThat(states())
                .isEqualTo(List.of(List.of(
                        "further refused " + why.reason(), "stl_ddltext exported null", "stl_query exported null")));
        assertThat(next().status()).isEqualTo(RunSummary.Status.SUCCEEDED);
        assertThat(states()).as("nothing has changed").hasSize(1);

        String grant = why.reason().replaceAll(".*(GRANT [^;]*).*", "$1");
        pipeline.administer(grant);
        RunSummary granted = next();
        assertThat(table(granted, "further").unavailable()).isEmpty();
        assertThat(table(granted, "further").rows()).isPositive();
        assertThat(stored().refused()).isEmpty();
        assertThat(states())
                .hasSize(2)
                .last()
                .isEqualTo(List.of("further exported null", "stl_ddltext exported null", "stl_query exported null"));
    }

    /** The rows of export_states by time, each export with state and reason. */
    private List<List<String>> states() {
        Map<Object, List<String>> states = new TreeMap<>();
        for (Record row : pipeline.rows("export_states")) {
            states.computeIfAbsent(row.getField("log_time"), time -> new ArrayList<>())
                    .add(row.getField("export") + " " + row.getField("state") + " " + row.getField("reason"));
        }
        states.values().forEach(Collections::sort);
        return List.copyOf(states.values());
    }

    @Test
    void exportThatIsRefusedAfterItWasReadFails() {
        next();
        pipeline.workload.advanceTo(pipeline.redshift.now().plusMinutes(5));
        pipeline.administer("revoke select on stl_wlm_query from exporter");
        RunSummary summary = attempt();
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(table(summary, "further").unavailable()).isEmpty();
        assertThat(table(summary, "further").error().orElseThrow()).contains("permission denied");
        assertThat(stored().refused()).isEmpty();
    }

    @Test
    void exportThatTheSourceDoesNotHaveIsSaidOnceAndAskedForOnceADay() {
        pipeline.administer("alter table stl_wlm_query rename to hidden");
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = next();
            assertThat(table(summary, "further").unavailable().orElseThrow().state())
                    .isEqualTo(Unavailable.State.ABSENT);
            assertThat(stored().absent()).containsOnlyKeys("further");
            assertThat(log.text()).contains("further: absent: the source does not have it: ERROR: relation");
        }
        pipeline.administer("alter table hidden rename to stl_wlm_query");
        try (LogCapture log = new LogCapture()) {
            assertThat(table(next(), "further").unavailable())
                    .as("the same day")
                    .isPresent();
            assertThat(log.text()).doesNotContain("further: absent");
        }
        assertThat(table(runAt(MIDNIGHT.plusMinutes(1)), "further").unavailable())
                .as("the next day")
                .isEmpty();
        assertThat(stored().absent()).isEmpty();
    }

    @Test
    void runThatCanReadNothingFails() {
        pipeline.select("further");
        pipeline.administer("revoke select on stl_wlm_query from exporter");
        RunSummary summary = attempt();
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(summary.toText())
                .startsWith("none of the selected exports can be read; the first one: the user may not read it");
        assertThat(Set.copyOf(names(summary))).containsExactly("further");
    }
}
