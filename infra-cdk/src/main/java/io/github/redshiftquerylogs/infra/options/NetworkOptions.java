package io.github.redshiftquerylogs.infra.options;

import java.util.List;

/**
 * The network of jobs with a JDBC connection.
 *
 * @param vpc the VPC of the clusters
 * @param subnets the subnets of the jobs, at least one
 * @param securityGroups the security groups of the jobs; if empty, the stack creates one
 * @param createEndpoints whether the stack creates the endpoints
 */
public record NetworkOptions(String vpc, List<String> subnets, List<String> securityGroups, boolean createEndpoints) {

    /** Services that jobs reach through interface endpoints, which are billed by the hour. */
    public static final List<String> INTERFACE_SERVICES =
            List.of("ssm", "glue", "kms", "logs", "sts", "secretsmanager", "redshift-data");
}
