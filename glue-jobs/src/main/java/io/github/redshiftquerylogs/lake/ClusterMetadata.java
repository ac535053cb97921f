package io.github.redshiftquerylogs.lake;

import java.util.Optional;

/**
 * What AWS says of a cluster, as the orchestrator has stored it last.
 *
 * @param accountId the AWS account
 * @param region the Region
 * @param clusterIdentifier the cluster's identifier there
 * @param nodeType such as {@code ra3.xlplus}
 * @param numberOfNodes how many nodes it has
 */
public record ClusterMetadata(
        Optional<String> accountId,
        Optional<String> region,
        Optional<String> clusterIdentifier,
        Optional<String> nodeType,
        Optional<Integer> numberOfNodes) {}
