package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.deploy.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import java.time.Duration;

/** What {@code ./demo} shows: three ticks, a third cluster between them, five questions; a cluster of each kind. */
final class ThreeTicks implements Performance.Programme {

    /** How long clusters have been busy when they are added. */
    static final Duration HISTORY = Duration.ofDays(3);

    @Override
    public boolean run(Performance performance, DemoOptions options) throws Exception {
        Demonstration demonstration = performance.demonstration();
        Progress progress = performance.progress();
        demonstration.addCluster("product-warehouse", ClusterKind.LOOKED_UP, Patch.NEWER, options.seed());
        demonstration.addCluster("category-management", ClusterKind.SECRET, Patch.OLDER, options.seed() + 1);

        progress.heading("Tick 1: two clusters, each with a backlog");
        boolean ran = performance.tick();

        progress.heading("The load goes on, and a third cluster is added: by parameters alone");
        demonstration.addCluster("finance_reports", ClusterKind.DATA_API, Patch.NEWER, options.seed() + 2);
        progress.step("every kind of statement, a query of 40 minutes among them", demonstration::load);

        progress.heading("Tick 2: the new rows of two clusters, the backlog of the third");
        ran &= performance.tick();

        progress.heading("The load goes on");
        progress.step("every kind of statement once more", demonstration::load);

        progress.heading("Tick 3: the new rows of three clusters");
        ran &= performance.tick();

        progress.heading("Five questions over all clusters");
        LakeReader lake = demonstration.openLake();
        demonstration.ask(lake);
        if (options.check()) {
            ran &= performance.check(lake);
        }
        if (options.keep()) {
            progress.heading("A fourth cluster runs; its parameters are there, but it is not enabled");
            performance.keep(
                    lake,
                    demonstration.prepareCluster("marketing", ClusterKind.LOOKED_UP, Patch.OLDER, options.seed() + 3));
        }
        return ran;
    }
}
