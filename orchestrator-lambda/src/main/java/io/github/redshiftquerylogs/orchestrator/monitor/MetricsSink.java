package io.github.redshiftquerylogs.orchestrator.monitor;

/** Where the numbers of a tick go. */
@FunctionalInterface
public interface MetricsSink {

    void publish(TickMetrics metrics);
}
