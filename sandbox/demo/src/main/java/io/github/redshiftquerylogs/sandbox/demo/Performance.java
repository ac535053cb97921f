package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.aws.faults.FaultPlan;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs a demonstration, collects its summary, and closes it however it ends. */
final class Performance implements AutoCloseable {

    private static final int INTERRUPTED = 130;

    /** The course of a demonstration. */
    @FunctionalInterface
    interface Programme {

        /** Runs it; true if everything succeeded. */
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
     * Runs a demonstration and closes all its parts.
     *
     * @param history the time span of the backlog of each cluster
     * @param folder for logs, the lake's files and summary.json
     * @return the exit code of the process
     */
    static int play(Programme programme, Duration history, DemoOptions options, Path folder, Progress progress)
            throws Exception {
        progress.heading("Starting");
        Demonstration demonstration = Demonstration.start(
                folder,
                Checkout.find(Path.of("")),
                options.exports(),
                progress,
                history,
                options.kills() == 0 ? Optional.empty() : Optional.of(new FaultPlan(options.seed())));
        Performance performance = new Performance(folder, progress, demonstration);
        Runtime.getRuntime().addShutdownHook(new Thread(performance::close, "close"));
        try (performance) {
            return outcome(() -> programme.run(performance, options), performance.open::get);
        }
    }

    /**
     * The exit code of a programme. An interrupt closes the parts while the programme uses them, so what fails then is not
     * reported.
     *
     * @param open whether the parts are open
     * @throws Exception what failed while they were open
     */
    static int outcome(Callable<Boolean> programme, BooleanSupplier open) throws Exception {
        try {
            return exitCode(programme.call());
        } catch (Exception e) {
            if (!open.getAsBoolean()) {
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

    /** Runs a tick; true if a run of each cluster was started and succeeded. */
    boolean tick() throws InterruptedException {
        return remember(demonstration.tick());
    }

    /** Ends the load, exports the remaining rows and compares the lake with all logged rows; true if there is no difference. */
    boolean check(LakeReader lake) throws Exception {
        progress.heading("Check: stop the load, export the remaining rows, compare");
        boolean ran = remember(demonstration.settle());
        return showCheck(ran, compare(lake), progress);
    }

    /** Compares the lake with all logged rows; the load has ended, and all rows are exported. */
    CheckReport compare(LakeReader lake) throws Exception {
        CheckReport report =
                progress.step("comparing the lake with the ledger and the clusters", () -> demonstration.check(lake));
        summary.check(report);
        return report;
    }

    /** Prints the result of the comparison; true if it and the runs before it succeeded. */
    static boolean showCheck(boolean ran, CheckReport report, Progress progress) {
        progress.block(report.render());
        boolean passed = ran && report.passed();
        progress.line(passed ? "✓ nothing lost, nothing twice, nothing changed" : "✗ the check failed");
        return passed;
    }

    /** The exit code of the process. */
    static int exitCode(boolean allIsWell) {
        return allIsWell ? 0 : 1;
    }

    /** Notes the results of a tick for the summary; true if a run of each cluster was started and succeeded. */
    boolean remember(List<RunReport> reports) {
        summary.tick(reports);
        return !reports.isEmpty() && reports.stream().allMatch(RunReport::succeeded);
    }

    /**
     * Prints the instructions and keeps everything running until the process is ended.
     *
     * @param spare a cluster that is not enabled yet
     */
    void keep(LakeReader lake, SandboxCluster spare) throws InterruptedException {
        kept = KeptDemo.start(folder, lake.jdbcUrl(), () -> {
            progress.heading("A tick, requested by ./demo tick");
            List<RunReport> reports = demonstration.tick();
            summary.tick(reports);
            return reports;
        });
        progress.heading("Everything keeps running; Ctrl-C ends it");
        progress.block(
                new LookAround(folder, demonstration.sandbox(), demonstration.clusters(), lake.jdbcUrl(), spare.name())
                        .write());
        new CountDownLatch(1).await();
    }

    /** Closes all parts and writes the summary. Called at the end and at an interrupt; only the first call has an effect. */
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
            // at an interrupt the parts close in any order; all of them end with this process
            LoggerFactory.getLogger(Performance.class).warn("while closing", e);
        }
    }
}
