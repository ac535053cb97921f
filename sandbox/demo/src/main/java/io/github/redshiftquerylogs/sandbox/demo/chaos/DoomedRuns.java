package io.github.redshiftquerylogs.sandbox.demo.chaos;

import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunRequest;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunner;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkJobRun;
import io.github.redshiftquerylogs.sandbox.aws.spark.SparkSubmitRunner;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts job runs and kills some of them by SIGKILL, as a {@link KillPlan} says. Thread-safe. */
public final class DoomedRuns implements JobRunner {

    private static final Logger LOG = LoggerFactory.getLogger(DoomedRuns.class);

    /** The job's argument with its cluster. */
    private static final String CLUSTER_NAME = "--cluster_name";

    private final SparkSubmitRunner runner;
    private final KillPlan plan;
    /** Runs that have not reached the stage in which they are killed, by cluster; a cluster has one run at a time. */
    private final Map<String, Doomed> waiting = new ConcurrentHashMap<>();
    /** Runs that were killed, with the stage. */
    private final Map<String, Stage> killed = new ConcurrentHashMap<>();

    private final List<CompletableFuture<?>> started = new ArrayList<>();

    /** @param runner starts the processes */
    public DoomedRuns(SparkSubmitRunner runner, KillPlan plan) {
        this.runner = runner;
        this.plan = plan;
    }

    @Override
    public SparkJobRun start(JobRunRequest request) {
        SparkJobRun run = runner.start(request);
        Optional<Kill> kill = plan.next();
        CompletableFuture<?> end = kill.isPresent() ? doom(request, run, kill.get()) : run.outcome();
        synchronized (this) {
            started.add(end);
        }
        return run;
    }

    private CompletableFuture<?> doom(JobRunRequest request, SparkJobRun run, Kill kill) {
        String cluster = request.arguments().getOrDefault(CLUSTER_NAME, "");
        Doomed doomed = new Doomed(run, kill);
        waiting.put(cluster, doomed);
        return run.outcome().thenAccept(outcome -> {
            waiting.remove(cluster, doomed);
            ended(request.runId(), doomed, outcome);
        });
    }

    private void ended(String runId, Doomed doomed, JobOutcome outcome) {
        if (doomed.struck && outcome.error().isPresent()) {
            killed.put(runId, doomed.kill.stage());
            LOG.debug("killed {} {} after the begin of its {}", runId, doomed.kill.delay(), doomed.kill.stage());
        } else {
            plan.missed(doomed.kill);
        }
    }

    /** Notes the call of a run: it shows in which stage the run is. */
    public void called(ReceivedCall call) {
        Stage.Sign.of(call).ifPresent(sign -> {
            Doomed doomed = waiting.get(sign.cluster());
            if (doomed != null && doomed.kill.stage() == sign.stage() && waiting.remove(sign.cluster(), doomed)) {
                CompletableFuture.delayedExecutor(doomed.kill.delay().toMillis(), TimeUnit.MILLISECONDS)
                        .execute(doomed::strike);
            }
        });
    }

    /** Waits until all runs have ended, also those that nobody knows because the reply to their start was lost. */
    public void awaitEnd() {
        List<CompletableFuture<?>> all;
        synchronized (this) {
            all = List.copyOf(started);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    /** Whether a run was killed. */
    public boolean killed(String runId) {
        return killed.containsKey(runId);
    }

    /** The stages in which runs were killed, one for each kill. */
    public List<Stage> kills() {
        return List.copyOf(killed.values());
    }

    /** A run that is to be killed. */
    private static final class Doomed {

        private final SparkJobRun run;
        private final Kill kill;
        private volatile boolean struck;

        Doomed(SparkJobRun run, Kill kill) {
            this.run = run;
            this.kill = kill;
        }

        void strike() {
            struck = run.handle().isAlive();
            run.kill();
        }
    }
}
