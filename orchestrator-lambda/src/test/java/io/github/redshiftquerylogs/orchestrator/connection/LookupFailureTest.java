package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.result.Outcome;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupFailureTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final ProvisionedCluster AVAILABLE = TestingClusters.available("orders");

    private static ProvisionedCluster with(String status, Optional<String> availability) {
        return new ProvisionedCluster(
                "orders",
                status,
                availability,
                AVAILABLE.endpoint(),
                "dev",
                AVAILABLE.network(),
                "ra3.xlplus",
                2,
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "o", "product-warehouse", "a1-b2-c3"})
    void aNameThatAnIdentifierMayBeIsLookedUp(String name) {
        assertThat(LookupFailure.ofName(new ClusterName(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"finance_reports", "orders-", "a--b"})
    void aNameThatNoIdentifierCanBeIsToldWithoutACall(String name) {
        assertThat(LookupFailure.ofName(new ClusterName(name)))
                .contains(new LookupFailure(
                        Outcome.MISCONFIGURED,
                        "'" + name + "' cannot be looked up, because it cannot be the identifier of a cluster: expected"
                                + " a letter, then letters, digits and single hyphens, no hyphen at the end; or a"
                                + " parameter redshift_query_logs." + name
                                + ".connection that says how it is reached"));
    }

    @Test
    void aClusterThatIsNotThereIsAMisconfiguration() {
        assertThat(LookupFailure.ofCluster(ORDERS, Optional.empty()))
                .contains(new LookupFailure(
                        Outcome.MISCONFIGURED,
                        "no cluster 'orders' in this account and Region: expected the identifier of a provisioned"
                                + " cluster; or a parameter redshift_query_logs.orders.connection that says how it is"
                                + " reached"));
    }

    @Test
    void aPausedClusterFailsWithoutARunAndIsLookedAtAgain() {
        assertThat(LookupFailure.ofCluster(ORDERS, Optional.of(TestingClusters.paused("orders"))))
                .contains(new LookupFailure(
                        Outcome.FAILED,
                        "cluster 'orders' is paused (Paused) and has no endpoint: expected one that answers queries;"
                                + " the next tick looks again"));
    }

    @ParameterizedTest
    @CsvSource({
        "available, Available, true",
        "available, Maintenance, true",
        "resizing,  Modifying, true",
        "'available, prep-for-resize', , true",
        "available, , true",
        "rebooting, Unavailable, false",
        "creating,  , false",
        "deleting,  Unavailable, false",
        "hardware-failure, Failed, false",
        // a word that is not known here is no promise
        "paused,    Paused, false",
    })
    void aClusterHasToAnswerQueriesIfOnlyWithInterruptions(String status, String availability, boolean answers) {
        assertThat(LookupFailure.ofCluster(ORDERS, Optional.of(with(status, Optional.ofNullable(availability))))
                        .isEmpty())
                .isEqualTo(answers);
    }

    @Test
    void aClusterOutsideOfAVpcCannotBeConnected() {
        ProvisionedCluster classic = new ProvisionedCluster(
                "orders",
                "available",
                Optional.of("Available"),
                AVAILABLE.endpoint(),
                "dev",
                Optional.empty(),
                "dc2.large",
                2,
                Optional.empty());
        assertThat(LookupFailure.ofCluster(ORDERS, Optional.of(classic))).hasValueSatisfying(obstacle -> {
            assertThat(obstacle.outcome()).isEqualTo(Outcome.MISCONFIGURED);
            assertThat(obstacle.text()).contains("cluster 'orders' is in no VPC: expected one with a VPC");
        });
    }
}
