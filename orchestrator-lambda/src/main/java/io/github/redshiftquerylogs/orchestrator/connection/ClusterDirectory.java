package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.environment.ClusterSubnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the Lambda asks of Redshift: the provisioned clusters of this account and Region. Reads only. */
public interface ClusterDirectory {

    /** A cluster by its identifier; empty if there is none of it. */
    Optional<ClusterDescription> find(String identifier) throws CallFailedException;

    /** All clusters, by identifier. */
    Map<String, ClusterDescription> all() throws CallFailedException;

    /** The subnets of a cluster subnet group; none if there is no such group. */
    List<ClusterSubnet> subnets(String subnetGroup) throws CallFailedException;
}
