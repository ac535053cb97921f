package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.deploy.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import java.time.Duration;

/** The course of {@code ./demo}: a cluster of each kind, three ticks, five questions. */
final class ThreeTicks implements Performance.Programme {

    /** The time span of the backlog of each cluster. */
    static final Duration HISTORY = Duration.ofDays(3);

    @Override
    public boolean run(Performance performance, DemoOptions options) throws Exception {
        Demonstration demonstration = performance.demonstration();
        Progress progress = performance.progress();
        demonstration.addCluster("product-warehouse", ClusterKind.LOOKED_UP, Patch.NEWER, options.seed());
        demonstration.addCluster("category-management", ClusterKind.SECRET, Patch.OLDER, options.seed() + 1);

        progress.heading("Tick 1: two clusters, each with a backlog");
        boolean ran = performance.tick();

        progress.heading("More load, and a third cluster, added by parameters only");
        demonstration.addCluster("finance_reports", ClusterKind.DATA_API, Patch.NEWER, options.seed() + 2);
        progress.step("statements of every kind, including a query of 40 minutes", demonstration::load);

        progress.heading("Tick 2: the new rows of two clusters, the backlog of the third");
        ran &= performance.tick();

        progress.heading("More load");
        progress.step("statements of every kind once more", demonstration::load);

        progress.heading("Tick 3: the new rows of three clusters");
        ran &= performance.tick();

        progress.heading("Five questions across all clusters");
        LakeReader lake = demonstration.openLake();
        demonstration.ask(lake);
        if (options.check()) {
            ran &= performance.check(lake);
        }
        if (options.keep()) {
            progress.heading("A fourth cluster, which has its parameters but is not enabled");
            performance.keep(
                    lake,
                    demonstration.prepareCluster("marketing", ClusterKind.LOOKED_UP, Patch.OLDER, options.seed() + 3));
        }
        return ran;
    }
}
