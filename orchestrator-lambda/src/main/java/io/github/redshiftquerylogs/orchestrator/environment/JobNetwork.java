package io.github.redshiftquerylogs.orchestrator.environment;

import java.util.List;
import java.util.Map;

/**
 * The network of the jobs as the deployment defines it; used for Glue connections that the Lambda creates. A VPC that is
 * missing here uses the security groups and the subnet group of the cluster.
 *
 * @param securityGroups ids of the security groups by VPC ({@code SECURITY_GROUPS})
 * @param subnets subnets by VPC ({@code SUBNETS})
 */
public record JobNetwork(Map<String, List<String>> securityGroups, Map<String, List<JobSubnet>> subnets) {

    /** Nothing defined. */
    public static final JobNetwork NONE = new JobNetwork(Map.of(), Map.of());
}
