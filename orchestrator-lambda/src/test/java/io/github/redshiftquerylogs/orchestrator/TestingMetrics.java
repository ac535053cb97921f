package io.github.redshiftquerylogs.orchestrator;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is published. */
final class TestingMetrics implements MetricsSink {

    final List<TickMetrics> published = new ArrayList<>();

    @Override
    public void publish(TickMetrics metrics) {
        published.add(metrics);
    }

    TickMetrics last() {
        return published.get(published.size() - 1);
    }
}
