package io.github.redshiftquerylogs.orchestrator;

/** Where the numbers of a tick go. */
@FunctionalInterface
interface MetricsSink {

    void publish(TickMetrics metrics);
}
