package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.keep.KeptDemo;
import io.github.redshiftquerylogs.sandbox.demo.keep.LookAround;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A demonstration in front of an audience: what it shows is remembered, and it leaves nothing, however it ends. */
final class Performance implements AutoCloseable {

    private static final int INTERRUPTED = 130;

    /** What is shown. */
    @FunctionalInterface
    interface Programme {

        /** Shows it; true if all is well. */
        boolean run(Performance performance, DemoOptions options) throws Exception;
    }

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
     * Shows a programme, and leaves nothing running.
     *
     * @param history how long clusters have been busy when they are added
     * @param folder for logs, the lake's files and summary.json
     * @return as the process shall end
     */
    static int play(Programme programme, Duration history, DemoOptions options, Path folder, Progress progress)
            throws Exception {
        progress.heading("Starting");
        Demonstration demonstration = Demonstration.start(folder, Checkout.find(Path.of("")), progress, history);
        Performance performance = new Performance(folder, progress, demonstration);
        Runtime.getRuntime().addShutdownHook(new Thread(performance::close, "close"));
        try (performance) {
            return exitCode(programme.run(performance, options));
        } catch (Exception e) {
            if (!performance.open.get()) {
                // interrupted: its parts are being closed under it, and that is no failure to tell
                return INTERRUPTED;
            }
            throw e;
        }
    }

    Demonstration demonstration() {
        return demonstration;
    }

    Progress progress() {
        return progress;
    }

    /** One tick; true if a run of each cluster was started and succeeded. */
    boolean tick() throws InterruptedException {
        return remember(demonstration.tick());
    }

    /** Ends the load, exports the rest, and compares the lake with all that was logged; true if nothing is wrong. */
    boolean check(LakeReader lake) throws Exception {
        progress.heading("Check: the load ends, everything settles, one more tick");
        boolean ran = remember(demonstration.settle());
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

    private boolean remember(List<RunReport> reports) {
        summary.tick(reports);
        return !reports.isEmpty() && reports.stream().allMatch(RunReport::succeeded);
    }

    /**
     * Leaves everything running until the process is ended, and tells how to look around.
     *
     * @param spare a cluster that is not enabled yet
     */
    void keep(LakeReader lake, SandboxCluster spare) throws InterruptedException {
        kept = KeptDemo.start(folder, lake.jdbcUrl(), () -> {
            progress.heading("A tick, asked for by ./demo tick");
            List<RunReport> reports = demonstration.tick();
            summary.tick(reports);
            return reports;
        });
        progress.heading("Everything runs on; Ctrl-C ends it");
        progress.block(
                new LookAround(folder, demonstration.sandbox(), demonstration.clusters(), lake.jdbcUrl(), spare.name())
                        .write());
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
