package io.github.redshiftquerylogs.orchestrator.monitor;

import io.github.redshiftquerylogs.orchestrator.connection.ClusterDescription;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** What the Lambda notes and reads for people: descriptions of clusters, and how fresh their data are. */
public interface WatchTable {

    /** Notes the first tick that found a cluster; later ones change nothing. */
    void recordSeen(ClusterName cluster, Instant tick);

    /** Notes that a cluster was looked up, and how it was described; without a description the last one stays. */
    void recordLook(ClusterName cluster, Instant tick, Optional<ClusterDescription> found);

    /** Up to where the table of a cluster that is furthest behind was read, UTC; empty if none was read yet. */
    Optional<LocalDateTime> oldestReadUpTo(ClusterName cluster);

    /** How many rows a run has appended; empty if another run has left its summary since, or none can be read. */
    OptionalLong rows(ClusterName cluster, String runId);

    /** Whether the rows of a run are to be published by the caller: true for one caller, once. */
    boolean claimRows(ClusterName cluster, String runId);
}
