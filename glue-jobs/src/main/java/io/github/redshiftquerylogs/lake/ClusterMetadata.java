package io.github.redshiftquerylogs.lake;

import java.util.Optional;

/**
 * The metadata of a cluster, as the orchestrator stored it last.
 *
 * @param accountId the AWS account
 * @param region the AWS Region
 * @param clusterIdentifier the cluster identifier in AWS
 * @param nodeType the node type, such as {@code ra3.xlplus}
 * @param numberOfNodes the number of nodes
 */
public record ClusterMetadata(
        Optional<String> accountId,
        Optional<String> region,
        Optional<String> clusterIdentifier,
        Optional<String> nodeType,
        Optional<Integer> numberOfNodes) {}
