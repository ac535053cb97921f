package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.contract.MetricNames;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * {@link MetricsSink} in the embedded metric format: lines on the standard output, from which CloudWatch creates metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html):
 * without calls and permissions. Each metric per cluster is billed, so there are only two.
 */
public final class EmfMetrics implements MetricsSink {

    private final Metrics metrics;

    public EmfMetrics() {
        // without this, the library looks for an EC2 instance and its agent on the network
        EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
        metrics = MetricsBuilder.builder().withNamespace(MetricNames.NAMESPACE).build();
    }

    @Override
    public void publish(TickMetrics tick) {
        metrics.flushMetrics(all -> {
            // one empty set of dimensions; without a set there is no metric at all
            all.setDefaultDimensions(new DimensionSet());
            all.addMetric(MetricNames.TICKS, 1, MetricUnit.COUNT);
            all.addMetric(MetricNames.FAILED_CLUSTERS, (double) tick.failed(), MetricUnit.COUNT);
            all.addMetric(MetricNames.MAX_LAG_MINUTES, minutes(tick.maxLag()), MetricUnit.NONE);
            all.addMetric(MetricNames.MAX_LATENESS_MINUTES, minutes(tick.maxLateness()), MetricUnit.NONE);
            all.addMetric(
                    MetricNames.CLUSTERS_NOT_MEASURED,
                    (double) tick.notMeasured().size(),
                    MetricUnit.COUNT);
            all.addMetric(MetricNames.PAUSED_CLUSTERS, (double) tick.paused().size(), MetricUnit.COUNT);
            all.addMetric(MetricNames.EXPORTS_REFUSED, (double) tick.exportsRefused(), MetricUnit.COUNT);
        });
        TreeSet<ClusterName> clusters = new TreeSet<>(tick.lags().keySet());
        clusters.addAll(tick.rows().keySet());
        clusters.forEach(cluster -> publish(cluster, tick));
    }

    private void publish(ClusterName cluster, TickMetrics tick) {
        metrics.flushMetrics(own -> {
            own.setDefaultDimensions(DimensionSet.of(MetricNames.CLUSTER, cluster.value()));
            Optional.ofNullable(tick.lags().get(cluster))
                    .ifPresent(lag -> own.addMetric(MetricNames.LAG, minutes(lag), MetricUnit.NONE));
            Optional.ofNullable(tick.rows().get(cluster))
                    .ifPresent(rows -> own.addMetric(MetricNames.ROWS, rows.doubleValue(), MetricUnit.COUNT));
        });
    }

    private static double minutes(Duration lag) {
        return lag.toSeconds() / 60.0;
    }
}
