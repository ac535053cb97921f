package io.github.redshiftquerylogs.orchestrator.connection;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A provisioned cluster as Redshift describes it
 * (https://docs.aws.amazon.com/redshift/latest/APIReference/API_Cluster.html), as far as it is used here.
 *
 * @param identifier the cluster's identifier
 * @param status such as {@code available} or {@code paused}
 * @param availability whether it answers queries: {@code Available}, {@code Maintenance}, {@code Modifying}, or another
 *     word; empty if Redshift does not say
 * @param endpoint where it is reached; a cluster that is being created or is paused has none
 * @param database the database that it was created with
 * @param network where it lies; empty outside of a VPC
 * @param nodeType such as {@code ra3.xlplus}
 * @param nodes number of its compute nodes
 * @param namespaceArn ARN of its namespace, which survives a rename and a resize, not a new cluster of the same name
 */
public record ClusterDescription(
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
     * Where a cluster is reached.
     *
     * @param host DNS name; inside of the VPC it resolves to a private address, also for a publicly accessible cluster
     * @param port TCP port
     */
    record Endpoint(String host, int port) {}

    /**
     * Where a cluster lies.
     *
     * @param vpc id of the VPC
     * @param subnetGroup name of the cluster subnet group
     * @param availabilityZone the zone of its nodes; empty if Redshift does not say
     * @param securityGroups ids of the VPC security groups that are active on it
     */
    record Network(String vpc, String subnetGroup, Optional<String> availabilityZone, List<String> securityGroups) {}

    /** Whether it answers queries, if only with interruptions. */
    boolean answers() {
        return availability
                .map(word -> ANSWERING.contains(word.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> status.startsWith("available"));
    }

    /** The account that owns it, by its namespace. */
    public Optional<String> account() {
        return ofNamespace(ACCOUNT);
    }

    /** Its Region, by its namespace. */
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
