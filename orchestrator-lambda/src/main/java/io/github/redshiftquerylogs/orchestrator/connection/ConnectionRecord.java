package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.settings.ClusterName;

/** Where the connection that was made for a cluster is remembered: the cluster's parameter {@code connection}. */
@FunctionalInterface
public interface ConnectionRecord {

    /**
     * Records the connection of a cluster that has none.
     *
     * @return whether it was recorded; if not, somebody else has recorded one first, and that one counts
     */
    boolean record(ClusterName cluster, String connection) throws CallFailedException;
}
