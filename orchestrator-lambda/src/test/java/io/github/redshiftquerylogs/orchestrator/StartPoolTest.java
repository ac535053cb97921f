package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.call.Deadline;
import io.github.redshiftquerylogs.orchestrator.job.DueCluster;
import io.github.redshiftquerylogs.orchestrator.job.SyncMode;
import io.github.redshiftquerylogs.orchestrator.job.TestingDefinitions;
import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartPoolTest {

    private static final Deadline PLENTY = () -> Duration.ofMinutes(2);

    private static List<DueCluster> clusters(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new DueCluster(
                        new ClusterName("cluster-%02d".formatted(number)),
                        TestingDefinitions.of("cluster-%02d".formatted(number)),
                        SyncMode.TRUST,
                        0,
                        null,
                        false))
                .toList();
    }

    private static ClusterResult started(DueCluster cluster) {
        return ClusterResult.started(cluster.name(), "jr_" + cluster.name(), null);
    }

    @Test
    void resultsAreInTheOrderOfTheClusters() throws InterruptedException {
        assertThat(StartPool.startAll(clusters(20), StartPoolTest::started, PLENTY))
                .extracting(ClusterResult::cluster)
                .containsExactlyElementsOf(clusters(20).stream()
                        .map(cluster -> cluster.name().value())
                        .toList());
    }

    @Test
    void eightStartAtATimeAndNotMore() throws InterruptedException {
        AtomicInteger going = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier eight = new CyclicBarrier(8);
        StartPool.startAll(
                clusters(32),
                cluster -> {
                    most.accumulateAndGet(going.incrementAndGet(), Math::max);
                    await(eight);
                    going.decrementAndGet();
                    return started(cluster);
                },
                PLENTY);
        assertThat(most).hasValue(8);
    }

    @Test
    void oneThatThrowsDoesNotTouchTheOthers() throws InterruptedException {
        List<ClusterResult> results = StartPool.startAll(
                clusters(3),
                cluster -> {
                    if (cluster.name().value().equals("cluster-02")) {
                        throw new IllegalStateException("out of order");
                    }
                    return started(cluster);
                },
                PLENTY);
        assertThat(results).extracting(ClusterResult::outcome).containsExactly("started", "failed", "started");
        assertThat(results.get(1).detail()).isEqualTo("java.lang.IllegalStateException: out of order");
    }

    @Test
    void whenTimeRunsOutWhatHangsIsUnknownAndWhatWaitsIsNotReached() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        List<ClusterResult> results = StartPool.startAll(
                clusters(10),
                cluster -> {
                    begun.incrementAndGet();
                    if (!never.await(1, TimeUnit.HOURS)) {
                        throw new IllegalStateException("cannot be");
                    }
                    return started(cluster);
                },
                () -> Duration.ofMillis(3300));
        assertThat(results.subList(0, 8))
                .allMatch(result -> result.outcome().equals("failed"))
                .allMatch(result ->
                        "no reply in this tick's time; unknown whether a run was started, the next tick finds out"
                                .equals(result.detail()));
        assertThat(results.subList(8, 10))
                .allMatch(result -> result.outcome().equals("throttled"))
                .allMatch(result -> "not reached in this tick's time; the next tick goes on".equals(result.detail()));
        assertThat(begun).hasValue(8);
    }

    @Test
    void withoutAnyTimeEveryClusterStillHasAResult() throws InterruptedException {
        assertThat(StartPool.startAll(clusters(10), StartPoolTest::started, () -> Duration.ZERO))
                .hasSize(10)
                .allMatch(result -> !result.outcome().equals("started"));
    }

    @Test
    void nothingToDoIsDone() throws InterruptedException {
        assertThat(StartPool.startAll(List.of(), StartPoolTest::started, PLENTY))
                .isEmpty();
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("fewer than eight at a time", e);
        }
    }
}
