package io.github.redshiftquerylogs.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.ParameterNames;
import org.junit.jupiter.api.Test;

/** A deployment whose list of clusters does not exist yet. */
class TickWithoutClustersTest {

    private final TestingServices services = new TestingServices();

    @Test
    void aTickWithoutAListIsQuietAndCounts() {
        TestingParameters parameters = TestingParameters.withClusters().remove(ParameterNames.ENABLED_CLUSTER_LIST);

        TickResult result = services.tick(parameters, TestingServices.NOW);

        assertThat(result).isEqualTo(new TickResult(TestingServices.NOW.toString(), result.clusters()));
        assertThat(result.clusters()).isEmpty();
        assertThat(services.jobs.calls()).isEmpty();
        // the metric Ticks, whose absence raises an alarm, is published with these
        assertThat(services.metrics.last().failed()).isZero();
        assertThat(services.metrics.last().maxLag()).isZero();
    }

    /** The negative control: an empty list is a mistake. */
    @Test
    void aTickWithAnEmptyListFails() {
        TestingParameters parameters = TestingParameters.withClusters().put(ParameterNames.ENABLED_CLUSTER_LIST, ",");
        assertThatThrownBy(() -> services.tick(parameters, TestingServices.NOW))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("enabled_cluster_list = ','");
    }
}
