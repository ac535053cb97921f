package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.connection.ProvisionedCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The part of the state table that monitoring reads and writes. */
public interface MonitorTable {

    /** Records the first tick of a cluster; later ones change nothing. */
    void recordFirstTick(ClusterName cluster, Instant tick);

    /** Records the first tick of a cluster in place of one that is not usable. */
    void replaceFirstTick(ClusterName cluster, Instant tick);

    /**
     * Records that a cluster was looked up for the inventory.
     *
     * @param found its description; if empty, the last description is kept
     */
    void recordInventory(ClusterName cluster, Instant tick, Optional<ProvisionedCluster> found);

    /** How far the cluster's tables were read. */
    Watermarks watermarks(ClusterName cluster);

    /** Number of rows that a run has appended; empty if its summary was replaced by another run's or is not readable. */
    OptionalLong rows(ClusterName cluster, String runId);

    /** Claims the publication of a run's rows: true for exactly one caller. */
    boolean claimRows(ClusterName cluster, String runId);
}
