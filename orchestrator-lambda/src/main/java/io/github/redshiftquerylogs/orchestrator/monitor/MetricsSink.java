package io.github.redshiftquerylogs.orchestrator.monitor;

/** Destination of metrics. */
@FunctionalInterface
public interface MetricsSink {

    /** Publishes the metrics of a tick. */
    void publish(TickMetrics metrics);
}
