package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.settings.ClusterName;

/** Storage of the name of a cluster's connection: the cluster's parameter {@code connection}. */
@FunctionalInterface
public interface ConnectionRecord {

    /**
     * Records the connection of a cluster without one; never overwrites.
     *
     * @return whether it was recorded; false if another caller has recorded one first, which then applies
     */
    boolean record(ClusterName cluster, String connection) throws CallFailedException;
}
