package io.github.redshiftquerylogs.sandbox.demo.tick;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/** Calls the Lambda with times that are five minutes apart, and waits for the runs that it starts. */
public final class Ticks {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final DeployedSandbox sandbox;
    private final Progress progress;
    private Instant next;

    public Ticks(DeployedSandbox sandbox, Progress progress, Instant first) {
        this.sandbox = sandbox;
        this.progress = progress;
        this.next = first;
    }

    /** Runs a tick, waits until all its runs have ended, and prints their results; one tick at a time. */
    public synchronized List<RunReport> tick() throws InterruptedException {
        List<RunReport> reports = await(call());
        progress.block(table(reports));
        return reports;
    }

    /**
     * Calls the Lambda with the next time.
     *
     * @throws RuntimeException if the Lambda fails
     */
    public synchronized List<ClusterResult> call() {
        Instant time = next;
        next = next.plus(INTERVAL);
        return sandbox.tick(time);
    }

    /** Waits until all runs that were started have ended. */
    public List<RunReport> await(List<ClusterResult> results) throws InterruptedException {
        List<ClusterResult> started =
                results.stream().filter(result -> result.runId() != null).toList();
        if (!started.isEmpty()) {
            awaitRuns(started);
        }
        return results.stream().map(this::report).toList();
    }

    private void awaitRuns(List<ClusterResult> started) throws InterruptedException {
        try (Progress.Bar bar = progress.bar("Glue runs", started.size())) {
            long ended = 0;
            Instant deadline = Instant.now().plus(LONGEST_RUN);
            while (ended < started.size()) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("a run has not ended after " + LONGEST_RUN.toMinutes()
                            + " minutes; see the logs in the folder runs");
                }
                Thread.sleep(POLL.toMillis());
                ended = started.stream()
                        .filter(result -> hasEnded(run(result).jobRunState()))
                        .count();
                bar.at(ended);
            }
        }
    }

    /** Waits until a run that was started by hand has ended; true if it succeeded. */
    public boolean succeeded(ClusterName cluster, String runId) throws InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST_RUN);
        JobRun run = sandbox.jobRun(cluster, runId);
        while (!hasEnded(run.jobRunState()) && Instant.now().isBefore(deadline)) {
            Thread.sleep(POLL.toMillis());
            run = sandbox.jobRun(cluster, runId);
        }
        if (run.jobRunState() != JobRunState.SUCCEEDED) {
            progress.line("  ✗ " + cluster + ": " + run.jobRunStateAsString() + ", " + run.errorMessage());
        }
        return run.jobRunState() == JobRunState.SUCCEEDED;
    }

    private JobRun run(ClusterResult result) {
        return sandbox.jobRun(new ClusterName(result.cluster()), String.valueOf(result.runId()));
    }

    private RunReport report(ClusterResult result) {
        if (result.runId() == null) {
            return new RunReport(
                    result.cluster(), result.outcome(), null, null, result.detail(), RunReport.parse(null));
        }
        JobRun run = run(result);
        String summary = DeployedSandbox.text(
                sandbox.state(new ClusterName(result.cluster()), StateEntries.LATEST_RUN), StateAttributes.SUMMARY);
        return new RunReport(
                result.cluster(),
                result.outcome(),
                result.runId(),
                run.jobRunStateAsString(),
                run.errorMessage() == null ? result.detail() : run.errorMessage(),
                summaryOf(result.runId(), summary));
    }

    /** A run that was killed leaves no summary; the latest one is then of an earlier run. */
    private static JsonNode summaryOf(String runId, @Nullable String latest) {
        JsonNode summary = RunReport.parse(latest);
        return summary.path("run_id").asText().equals(runId) ? summary : RunReport.parse(null);
    }

    /** Reports as text: a table, followed by details of single clusters. */
    public static String table(List<RunReport> reports) {
        TextTable table = new TextTable(List.of("cluster", "outcome", "run", "windows", "rows"));
        for (RunReport report : reports) {
            table.add(List.of(
                    report.cluster(),
                    report.outcome(),
                    report.state() == null ? "" : report.state(),
                    Long.toString(report.windows()),
                    Long.toString(report.rows())));
        }
        StringBuilder text = new StringBuilder(table.render());
        for (RunReport report : reports) {
            if (report.detail() != null) {
                text.append(report.isFine() ? "  · " : "  ✗ ")
                        .append(report.cluster())
                        .append(": ")
                        .append(report.detail())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static boolean hasEnded(JobRunState state) {
        return switch (state) {
            case STARTING, RUNNING, STOPPING, WAITING -> false;
            default -> true;
        };
    }
}
