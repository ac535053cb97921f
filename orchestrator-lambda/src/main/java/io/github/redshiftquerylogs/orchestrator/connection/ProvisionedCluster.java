package io.github.redshiftquerylogs.orchestrator.connection;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A provisioned cluster as described by Redshift
 * (https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html).
 *
 * @param identifier the cluster's identifier
 * @param status such as {@code available} or {@code paused}
 * @param availability {@code Available}, {@code Maintenance} and {@code Modifying} answer queries, other values do not;
 *     empty if not reported
 * @param endpoint its address; empty for a cluster that is being created or paused
 * @param database the database that it was created with
 * @param network its network; empty outside of a VPC
 * @param nodeType such as {@code ra3.xlplus}
 * @param nodes number of its compute nodes
 * @param namespaceArn ARN of its namespace: kept by a rename or a resize, different for a new cluster of the same name
 */
public record ProvisionedCluster(
        String identifier,
        String status,
        Optional<String> availability,
        Optional<Endpoint> endpoint,
        String database,
        Optional<Network> network,
        String nodeType,
        int nodes,
        Optional<String> namespaceArn) {

    private static final Set<String> ANSWERING = Set.of("available", "maintenance", "modifying");
    private static final int REGION = 3;
    private static final int ACCOUNT = 4;

    /**
     * Address of a cluster.
     *
     * @param host DNS name; resolves to a private address inside of the VPC, also for a publicly accessible cluster
     * @param port TCP port
     */
    record Endpoint(String host, int port) {}

    /**
     * Network of a cluster.
     *
     * @param vpc id of the VPC
     * @param subnetGroup name of the cluster subnet group
     * @param availabilityZone zone of its nodes; empty if not reported
     * @param securityGroups ids of the VPC security groups that are active on it
     */
    record Network(String vpc, String subnetGroup, Optional<String> availabilityZone, List<String> securityGroups) {}

    /** Whether it answers queries, perhaps with interruptions. */
    boolean answers() {
        return availability
                .map(word -> ANSWERING.contains(word.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> status.startsWith("available"));
    }

    /** Whether somebody has paused it, and it is not resumed yet. */
    public boolean isPaused() {
        return Set.of("pausing", "paused", "resuming").contains(status.toLowerCase(Locale.ROOT));
    }

    /** The AWS account, from the namespace ARN. */
    public Optional<String> account() {
        return ofNamespace(ACCOUNT);
    }

    /** The AWS Region, from the namespace ARN. */
    public Optional<String> region() {
        return ofNamespace(REGION);
    }

    /** {@code arn:aws:redshift:<region>:<account>:namespace:<id>}. */
    private Optional<String> ofNamespace(int part) {
        return namespaceArn
                .map(arn -> arn.split(":", -1))
                .filter(parts -> parts.length > ACCOUNT)
                .map(parts -> parts[part]);
    }
}
