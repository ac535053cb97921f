package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionDefinitionTest {

    private static final JobSubnet A = new JobSubnet("subnet-1", "eu-central-1a", true);
    private static final JobSubnet B = new JobSubnet("subnet-2", "eu-central-1b", true);
    private static final JobSubnet B_TOO = new JobSubnet("subnet-3", "eu-central-1b", true);

    private static ConnectionDefinition of(String cluster) {
        return ConnectionDefinition.of(
                new ClusterName(cluster), TestingClusters.available("orders"), B, List.of("sg-2", "sg-1"));
    }

    @Test
    void itHasTheAddressAndTheNetworkOfTheClusterAndEnforcesTls() {
        assertThat(of("orders").name()).isEqualTo("orders_rs_query_logs");
        assertThat(of("orders").settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "description",
                        "Made by redshift-query-logs for cluster orders",
                        "JDBC_CONNECTION_URL",
                        "jdbc:redshift://orders.abc.eu-central-1.redshift.amazonaws.com:5439/dev",
                        "JDBC_ENFORCE_SSL",
                        "true",
                        "subnet",
                        "subnet-2",
                        "availabilityZone",
                        "eu-central-1b",
                        "securityGroups",
                        "sg-1,sg-2"));
    }

    @Test
    void aConnectionIsOursByItsDescription() {
        assertThat(ConnectionDefinition.isOurs(
                        new ClusterName("orders"), of("orders").settings()))
                .isTrue();
        assertThat(ConnectionDefinition.isOurs(
                        new ClusterName("orders"), of("sales").settings()))
                .isFalse();
        assertThat(ConnectionDefinition.isOurs(new ClusterName("orders"), Map.of()))
                .isFalse();
    }

    @Test
    void theSubnetLiesInTheZoneOfTheClusterAndIsAlwaysTheSame() {
        assertThat(JobSubnet.choose(List.of(A, B_TOO, B), Optional.of("eu-central-1b")))
                .contains(B);
        assertThat(JobSubnet.choose(List.of(B, B_TOO, A), Optional.of("eu-central-1b")))
                .contains(B);
    }

    @Test
    void withoutASubnetInItsZoneAnotherOneServes() {
        assertThat(JobSubnet.choose(List.of(B, A), Optional.of("eu-central-1c")))
                .contains(A);
        assertThat(JobSubnet.choose(List.of(B, A), Optional.empty())).contains(A);
    }

    @Test
    void aSubnetThatIsNotActiveDoesNotServe() {
        JobSubnet inactive = new JobSubnet("subnet-0", "eu-central-1b", false);
        assertThat(JobSubnet.choose(List.of(inactive, A), Optional.of("eu-central-1b")))
                .contains(A);
        assertThat(JobSubnet.choose(List.of(inactive), Optional.of("eu-central-1b")))
                .isEmpty();
    }

    @Test
    void accountAndRegionOfAClusterAreInTheArnOfItsNamespace() {
        assertThat(TestingClusters.available("orders").account()).contains("123456789012");
        assertThat(TestingClusters.available("orders").region()).contains("eu-central-1");
    }
}
