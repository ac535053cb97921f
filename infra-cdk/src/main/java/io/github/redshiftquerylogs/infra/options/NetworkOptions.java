package io.github.redshiftquerylogs.infra.options;

import java.util.List;

/**
 * Where jobs with a JDBC connection run.
 *
 * @param vpc the VPC of the clusters
 * @param subnets the subnets that the jobs may run in, at least one
 * @param securityGroups the groups of the jobs; empty: the stack makes one
 * @param createEndpoints whether the stack makes the endpoints that the subnets lack
 */
public record NetworkOptions(String vpc, List<String> subnets, List<String> securityGroups, boolean createEndpoints) {

    /** What jobs reach by network interfaces, which cost by the hour. */
    public static final List<String> INTERFACE_SERVICES =
            List.of("ssm", "glue", "kms", "logs", "sts", "secretsmanager", "redshift-data");
}
