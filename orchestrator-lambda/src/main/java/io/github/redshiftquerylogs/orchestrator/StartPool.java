package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts clusters in parallel within the time that is left; every cluster gets a result. */
final class StartPool {

    /** Limit of parallel starts: Glue throttles more, and the Lambda is small. */
    static final int PARALLEL = 8;

    private static final Logger LOG = LoggerFactory.getLogger(StartPool.class);

    /** The start of one cluster. */
    @FunctionalInterface
    interface Start {
        /** Starts the cluster; failures are outcomes. */
        ClusterResult of(DueCluster cluster) throws InterruptedException;
    }

    private StartPool() {}

    /** Begins the starts in the given order and waits for them until the deadline. */
    static List<ClusterResult> startAll(List<DueCluster> clusters, Start start, Deadline deadline)
            throws InterruptedException {
        if (clusters.isEmpty()) {
            return List.of();
        }
        Duration patience = deadline.patience();
        long end = System.nanoTime() + patience.toNanos();
        List<Task> tasks = clusters.stream()
                .map(cluster -> new Task(cluster, start, end, new AtomicBoolean()))
                .toList();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(PARALLEL, tasks.size()), StartPool::daemonThread);
        try {
            List<Future<ClusterResult>> futures = pool.invokeAll(tasks, patience.toNanos(), TimeUnit.NANOSECONDS);
            List<ClusterResult> results = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                results.add(result(tasks.get(i), futures.get(i)));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static ClusterResult result(Task task, Future<ClusterResult> future) throws InterruptedException {
        ClusterName cluster = task.cluster().name();
        try {
            return future.get();
        } catch (CancellationException e) {
            return task.begun().get()
                    ? ClusterResult.of(
                            cluster,
                            Outcome.FAILED,
                            "no reply in this tick's time; unknown whether a run was started, the next tick finds out")
                    : notReached(cluster);
        } catch (ExecutionException e) {
            LOG.error("the start of {} failed", cluster, e.getCause());
            return ClusterResult.of(cluster, Outcome.FAILED, String.valueOf(e.getCause()));
        }
    }

    private static ClusterResult notReached(ClusterName cluster) {
        CallFailure failure = CallFailure.notReached();
        return ClusterResult.of(cluster, failure.outcome(), failure.text());
    }

    /** A daemon, because a call that hangs must not keep the process alive. */
    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "start");
        thread.setDaemon(true);
        return thread;
    }

    /** @param end end of the pool's time, by {@link System#nanoTime} */
    private record Task(DueCluster cluster, Start start, long end, AtomicBoolean begun)
            implements Callable<ClusterResult> {
        @Override
        public ClusterResult call() throws InterruptedException {
            // the pool cancels task by task: a thread that it has just freed may get here before this task is cancelled
            if (System.nanoTime() - end >= 0) {
                return notReached(cluster.name());
            }
            begun.set(true);
            return start.of(cluster);
        }
    }
}
