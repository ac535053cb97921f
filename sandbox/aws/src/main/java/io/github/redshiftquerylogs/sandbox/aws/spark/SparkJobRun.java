package io.github.redshiftquerylogs.sandbox.aws.spark;

import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.aws.process.ChildProcess;
import io.github.redshiftquerylogs.sandbox.aws.process.Folders;
import io.github.redshiftquerylogs.sandbox.aws.process.LogFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of a Glue Spark job: one child process. */
public final class SparkJobRun implements JobRun {

    private static final Logger LOG = LoggerFactory.getLogger(SparkJobRun.class);

    private final ChildProcess process;
    private final Path log;
    private final CompletableFuture<JobOutcome> outcome;

    /** @param temporaryFolder deleted when the run has ended */
    SparkJobRun(ChildProcess process, Path log, Path temporaryFolder) {
        this.process = process;
        this.log = log;
        this.outcome = process.exit().thenApply(exitCode -> {
            delete(temporaryFolder);
            return outcomeOf(exitCode);
        });
    }

    private static void delete(Path temporaryFolder) {
        try {
            Folders.deleteWithContents(temporaryFolder);
        } catch (UncheckedIOException e) {
            LOG.warn("{} is left behind", temporaryFolder, e);
        }
    }

    private JobOutcome outcomeOf(int exitCode) {
        return exitCode == 0
                ? JobOutcome.succeeded()
                : JobOutcome.failed(JobFailure.message(LogFile.lines(log), exitCode));
    }

    @Override
    public CompletableFuture<JobOutcome> outcome() {
        return outcome.copy();
    }

    @Override
    public void stop() {
        Thread stopper = new Thread(process::close, "stop-job-run");
        stopper.setDaemon(true);
        stopper.start();
    }

    /** Ends the process by SIGKILL, like the failure of a machine. */
    public void kill() {
        process.kill();
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** The standard output and error of the process. */
    public Path log() {
        return log;
    }
}
