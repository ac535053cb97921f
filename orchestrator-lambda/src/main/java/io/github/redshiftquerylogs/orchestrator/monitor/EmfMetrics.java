package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Metrics in the embedded metric format, lines on the standard output that CloudWatch makes metrics of
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
 * no call, and no right. Each metric per cluster is billed, so there are two of them and no more.
 */
public final class EmfMetrics implements MetricsSink {

    private final Metrics metrics;

    public EmfMetrics() {
        // it is a Lambda wherever it runs; else the library asks the network for an EC2 instance and its agent
        EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
        metrics = MetricsBuilder.builder().withNamespace(MetricNames.NAMESPACE).build();
    }

    @Override
    public void publish(TickMetrics tick) {
        metrics.flushMetrics(all -> {
            // one set, and it is empty; without a set there is no metric at all
            all.setDefaultDimensions(new DimensionSet());
            all.addMetric(MetricNames.TICKS, 1, MetricUnit.COUNT);
            all.addMetric(MetricNames.FAILED_CLUSTERS, (double) tick.failed(), MetricUnit.COUNT);
            tick.maxLag().ifPresent(lag -> all.addMetric(MetricNames.MAX_LAG_MINUTES, minutes(lag), MetricUnit.NONE));
        });
        TreeSet<ClusterName> clusters = new TreeSet<>(tick.lags().keySet());
        clusters.addAll(tick.rows().keySet());
        clusters.forEach(cluster -> publish(cluster, tick));
    }

    private void publish(ClusterName cluster, TickMetrics tick) {
        metrics.flushMetrics(own -> {
            own.setDefaultDimensions(DimensionSet.of(MetricNames.CLUSTER, cluster.value()));
            @Nullable Duration lag = tick.lags().get(cluster);
            if (lag != null) {
                own.addMetric(MetricNames.LAG, minutes(lag), MetricUnit.NONE);
            }
            @Nullable Long rows = tick.rows().get(cluster);
            if (rows != null) {
                own.addMetric(MetricNames.ROWS, rows.doubleValue(), MetricUnit.COUNT);
            }
        });
    }

    private static double minutes(Duration lag) {
        return lag.toSeconds() / 60.0;
    }
}
