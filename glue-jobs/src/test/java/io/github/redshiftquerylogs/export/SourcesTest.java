package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.redshift.JdbcAddressLookup;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Decided from settings alone; no cluster is contacted. */
class SourcesTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private static Source source(ClusterConnection connection, Authentication authentication) {
        try (SsmClient ssm = SsmClient.builder().endpointOverride(NOWHERE).build();
                GlueClient glue = GlueClient.builder().endpointOverride(NOWHERE).build()) {
            return new Sources(new SettingsReader(ssm), new JdbcAddressLookup(glue))
                    .of(
                            new ClusterSettings(
                                    new ClusterName("warehouse"),
                                    connection,
                                    authentication,
                                    Optional.empty(),
                                    Duration.ofHours(1),
                                    3,
                                    List.of(),
                                    Optional.empty()),
                            "run",
                            Duration.ofMinutes(1));
        }
    }

    @Test
    void missingConnectionParameterIsNamedWithWhatIsExpected() {
        assertThatThrownBy(() -> source(new ClusterConnection.Lookup(), new Authentication.Password("exporter")))
                .hasMessage(
                        "redshift_query_logs.warehouse.connection is missing: expected the name of a Glue connection,"
                                + " recorded by the orchestrator for the cluster of this name, or set by hand");
    }

    @Test
    void dataApiNeedsNothingFromParametersOrConnections() {
        Source source = source(
                new ClusterConnection.DataApi(false, "warehouse", "dev"),
                new Authentication.TemporaryCredentials("exporter"));
        assertThat(source.way()).isEqualTo(Source.Way.DATA_API);
        assertThat(source).hasToString("redshift-data://warehouse/dev");
    }
}
