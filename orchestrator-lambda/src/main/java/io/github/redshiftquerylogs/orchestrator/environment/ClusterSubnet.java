package io.github.redshiftquerylogs.orchestrator.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A subnet for the workers of a cluster's job: one of the cluster's subnet group, or one of the deployment's.
 *
 * @param id the subnet's id
 * @param availabilityZone name of its zone, such as {@code eu-central-1a}
 * @param active whether it can be used
 */
public record ClusterSubnet(String id, String availabilityZone, boolean active) {

    /**
     * The subnet for the job: in the cluster's zone, because traffic between zones is billed; any other one if there is
     * none. Always the same one for the same list.
     */
    public static Optional<ClusterSubnet> choose(List<ClusterSubnet> subnets, Optional<String> clusterZone) {
        return subnets.stream()
                .filter(ClusterSubnet::active)
                .min(Comparator.comparing(
                                (ClusterSubnet subnet) -> !clusterZone.equals(Optional.of(subnet.availabilityZone())))
                        .thenComparing(ClusterSubnet::id));
    }
}
