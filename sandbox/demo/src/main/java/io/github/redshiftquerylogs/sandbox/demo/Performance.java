package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.redshift.Patch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What {@code ./demo} shows, from the first cluster to the last question; and where it ends, however it ends. */
final class Performance implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofDays(3);
    private static final int INTERRUPTED = 130;

    private final Path folder;
    private final Progress progress;
    private final Demonstration demonstration;
    private final Summary summary = new Summary();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile @Nullable KeptDemo kept;

    private Performance(Path folder, Progress progress, Demonstration demonstration) {
        this.folder = folder;
        this.progress = progress;
        this.demonstration = demonstration;
    }

    /**
     * Shows it, and leaves nothing running.
     *
     * @param folder for logs, the lake's files and summary.json
     * @return as the process shall end
     */
    static int play(DemoOptions options, Path folder, Progress progress) throws Exception {
        progress.heading("Starting");
        Demonstration demonstration = Demonstration.start(folder, Checkout.find(Path.of("")), progress, HISTORY);
        Performance performance = new Performance(folder, progress, demonstration);
        Runtime.getRuntime().addShutdownHook(new Thread(performance::close, "close"));
        try (performance) {
            return exitCode(performance.run(options));
        } catch (Exception e) {
            if (!performance.open.get()) {
                // interrupted: its parts are being closed under it, and that is no failure to tell
                return INTERRUPTED;
            }
            throw e;
        }
    }

    private boolean run(DemoOptions options) throws Exception {
        demonstration.addCluster("product-warehouse", Patch.NEWER, options.seed());
        demonstration.addCluster("category-management", Patch.OLDER, options.seed() + 1);

        progress.heading("Tick 1: two clusters, each with a backlog");
        boolean ran = tick(demonstration.tick());

        progress.heading("The load goes on, and a third cluster is added: by parameters alone");
        demonstration.addCluster("finance_reports", Patch.NEWER, options.seed() + 2);
        load("every kind of statement, a query of 40 minutes among them");

        progress.heading("Tick 2: the new rows of two clusters, the backlog of the third");
        ran &= tick(demonstration.tick());

        progress.heading("The load goes on");
        load("every kind of statement once more");

        progress.heading("Tick 3: the new rows of three clusters");
        ran &= tick(demonstration.tick());

        progress.heading("Five questions over all clusters");
        LakeReader lake = demonstration.openLake();
        demonstration.ask(lake);
        if (options.check()) {
            ran &= check(lake);
        }
        if (options.keep()) {
            keep(lake, options.seed() + 3);
        }
        return ran;
    }

    private void load(String what) throws Exception {
        progress.step(what, () -> {
            demonstration.load();
            return true;
        });
    }

    private boolean check(LakeReader lake) throws Exception {
        progress.heading("Check: the load ends, everything settles, one more tick");
        boolean ran = tick(demonstration.settle());
        CheckReport report = progress.step(
                "comparing the lake with the ledger and with the clusters", () -> demonstration.check(lake));
        summary.check(report);
        return showCheck(ran, report, progress);
    }

    /** Shows what the comparison found; true if all is well, the runs before it included. */
    static boolean showCheck(boolean ran, CheckReport report, Progress progress) {
        progress.block(report.render());
        boolean passed = ran && report.passed();
        progress.line(passed ? "✓ nothing lost, nothing twice, nothing changed" : "✗ the check failed");
        return passed;
    }

    /** As the process shall end. */
    static int exitCode(boolean allIsWell) {
        return allIsWell ? 0 : 1;
    }

    private boolean tick(List<RunReport> reports) {
        summary.tick(reports);
        return !reports.isEmpty() && reports.stream().allMatch(RunReport::succeeded);
    }

    /** Goes on until the process is ended. */
    private void keep(LakeReader lake, long seed) throws Exception {
        progress.heading("A fourth cluster runs; its parameters are there, but it is not enabled");
        SandboxCluster spare = demonstration.prepareCluster("marketing", Patch.OLDER, seed);
        kept = KeptDemo.start(folder, lake.jdbcUrl(), () -> {
            progress.heading("A tick, asked for by ./demo tick");
            List<RunReport> reports = demonstration.tick();
            summary.tick(reports);
            return reports;
        });
        progress.heading("Everything runs on; Ctrl-C ends it");
        progress.block(new LookAround(folder, demonstration, lake.jdbcUrl(), spare.name()).write());
        new CountDownLatch(1).await();
    }

    /** Closes all parts and writes the summary; by whoever comes first, the end of the play or an interrupt. */
    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        closeParts();
        try {
            summary.write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the summary to " + folder, e);
        }
        progress.line("");
        progress.line("logs, the lake's files and summary.json: " + folder);
    }

    private void closeParts() {
        KeptDemo listening = kept;
        if (listening != null) {
            listening.close();
        }
        try {
            demonstration.close();
        } catch (IllegalStateException e) {
            // at an interrupt its parts go in any order; all of them are gone with this process
            LoggerFactory.getLogger(Performance.class).warn("while closing", e);
        }
    }
}
