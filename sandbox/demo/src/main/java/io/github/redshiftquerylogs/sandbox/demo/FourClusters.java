package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The course of {@code ./demo}: a cluster of each kind, two ticks, five questions. */
final class FourClusters implements Performance.Programme {

    /** The time span of the backlog of each cluster. */
    static final Duration HISTORY = Duration.ofHours(12);

    private static final String LARGE_TABLE = "svl_qlog";

    @Override
    public boolean run(Performance performance, DemoOptions options) throws Exception {
        Demonstration demonstration = performance.demonstration();
        Progress progress = performance.progress();
        long seed = options.seed();
        demonstration.addClusters(productWarehouse(seed), categoryManagement(seed + 1), webShop(seed + 2));

        progress.heading("Tick 1: three clusters, each with a backlog");
        boolean ran = performance.tick();

        progress.heading("More load, and a fourth cluster, added by parameters only");
        demonstration.addClusters(ClusterPlan.of(
                "finance_reports", ClusterKind.DATA_API, SystemTables.tables(Patch.NEWER), "core,names", seed + 3));
        progress.step("statements of every kind, including a query of 40 minutes", demonstration::load);

        progress.heading("Tick 2: the new rows of three clusters, the backlog of the fourth");
        ran &= performance.tick();

        progress.heading("Five questions across the clusters");
        LakeReader lake = demonstration.openLake();
        demonstration.ask(lake);

        progress.heading("Rows of past days that a cluster shows hours and a day late");
        ran &= demonstration.lateRows(demonstration.clusters().get(1), lake);
        if (options.check()) {
            ran &= performance.check(lake);
        }
        if (options.keep()) {
            progress.heading("A fifth cluster, which has its parameters but is not enabled");
            ClusterPlan marketing = ClusterPlan.of(
                    "marketing", ClusterKind.LOOKED_UP, SystemTables.tables(Patch.OLDER), "core,names", seed + 4);
            performance.keep(lake, demonstration.prepareClusters(marketing).get(0));
        }
        return ran;
    }

    /** Exports what suits a provisioned cluster, and the own exports that are for it. */
    static ClusterPlan productWarehouse(long seed) {
        return new ClusterPlan(
                new ClusterName("product-warehouse"),
                ClusterKind.LOOKED_UP,
                SystemTables.withFurther(Patch.NEWER),
                Optional.empty(),
                List.of("analytics"),
                true,
                true,
                seed);
    }

    /** Exports a list of sets and tables. */
    static ClusterPlan categoryManagement(long seed) {
        List<SystemTable> tables = Stream.concat(
                        SystemTables.tables(Patch.OLDER).stream(),
                        SystemTables.withLarge(Patch.OLDER).stream()
                                .filter(table -> table.name().equals(LARGE_TABLE)))
                .toList();
        return ClusterPlan.of("category-management", ClusterKind.SECRET, tables, "core,names," + LARGE_TABLE, seed);
    }

    /** Exports what suits a Serverless workgroup. */
    static ClusterPlan webShop(long seed) {
        return new ClusterPlan(
                new ClusterName("web_shop"),
                ClusterKind.SERVERLESS,
                SystemTables.serverless(Patch.NEWER),
                Optional.empty(),
                List.of(),
                true,
                false,
                seed);
    }
}
