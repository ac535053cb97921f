package io.github.redshiftquerylogs.orchestrator.monitor;

import java.util.ArrayList;
import java.util.List;

/** Collects published metrics. */
public final class TestingMetrics implements MetricsSink {

    public final List<TickMetrics> published = new ArrayList<>();

    @Override
    public void publish(TickMetrics metrics) {
        published.add(metrics);
    }

    public TickMetrics last() {
        return published.get(published.size() - 1);
    }
}
