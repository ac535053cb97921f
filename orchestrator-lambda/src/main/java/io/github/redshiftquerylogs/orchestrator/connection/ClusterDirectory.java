package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.environment.JobSubnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The provisioned clusters of this account and Region. Read only. */
public interface ClusterDirectory {

    /** A cluster by its identifier; empty if it does not exist. */
    Optional<ProvisionedCluster> find(String identifier) throws CallFailedException;

    /** All clusters, by identifier. */
    Map<String, ProvisionedCluster> all() throws CallFailedException;

    /** The subnets of a cluster subnet group; empty if the group does not exist. */
    List<JobSubnet> subnets(String subnetGroup) throws CallFailedException;
}
