package io.github.redshiftquerylogs.orchestrator.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A subnet for the workers of a cluster's job: from the cluster's subnet group, or defined by the deployment.
 *
 * @param id the subnet's id
 * @param availabilityZone name of its zone, such as {@code eu-central-1a}
 * @param active whether it can be used
 */
public record JobSubnet(String id, String availabilityZone, boolean active) {

    /**
     * Chooses an active subnet: one in the cluster's zone, because traffic between zones is billed; if there is none, any
     * other. Deterministic: the least id wins.
     */
    public static Optional<JobSubnet> choose(List<JobSubnet> subnets, Optional<String> clusterZone) {
        return subnets.stream()
                .filter(JobSubnet::active)
                .min(Comparator.comparing(
                                (JobSubnet subnet) -> !clusterZone.equals(Optional.of(subnet.availabilityZone())))
                        .thenComparing(JobSubnet::id));
    }
}
