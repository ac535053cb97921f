package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of {@link ClusterDirectory}. */
abstract class ClusterDirectoryContract {

    /** An empty directory; the same one during a test. */
    abstract ClusterDirectory directory();

    /** Creates a cluster in the default subnet group. */
    abstract ProvisionedCluster make(String identifier);

    /** Creates a subnet group. */
    abstract void makeSubnets(String group, JobSubnet... subnets);

    @Test
    void aClusterIsFoundByItsIdentifierWithAllThatAConnectionNeeds() throws CallFailedException {
        ProvisionedCluster orders = make("orders");
        make("orders-2");
        assertThat(directory().find("orders")).contains(orders);
        assertThat(orders.answers()).isTrue();
        assertThat(orders.endpoint()).isPresent();
        ProvisionedCluster.Network network = orders.network().orElseThrow();
        assertThat(network.securityGroups()).isNotEmpty();
        assertThat(JobSubnet.choose(directory().subnets(network.subnetGroup()), network.availabilityZone()))
                .hasValueSatisfying(subnet ->
                        assertThat(Optional.of(subnet.availabilityZone())).isEqualTo(network.availabilityZone()));
    }

    @Test
    void aClusterThatIsNotThereIsNoFailure() throws CallFailedException {
        make("orders");
        assertThat(directory().find("order")).isEmpty();
        assertThat(directory().find("sales")).isEmpty();
        assertThat(directory().all()).containsOnlyKeys("orders");
    }

    @Test
    void allClustersAreListedHoweverManyPagesTheyTake() throws CallFailedException {
        List<ProvisionedCluster> made = IntStream.range(0, 250)
                .mapToObj(number -> make("cluster-" + number))
                .toList();
        assertThat(directory().all().values()).containsExactlyInAnyOrderElementsOf(made);
        assertThat(directory().find("cluster-249")).contains(made.get(249));
    }

    @Test
    void subnetsAreThoseOfTheGroup() throws CallFailedException {
        JobSubnet first = new JobSubnet("subnet-7", "eu-central-1a", true);
        JobSubnet second = new JobSubnet("subnet-8", "eu-central-1c", true);
        makeSubnets("warehouse", first, second);
        makeSubnets("another", new JobSubnet("subnet-9", "eu-central-1a", true));
        assertThat(directory().subnets("warehouse")).containsExactlyInAnyOrder(first, second);
        assertThat(directory().subnets("no-such-group")).isEmpty();
    }
}
