package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.ClusterName;
import java.util.Collection;
import java.util.Map;

/** What the Lambda remembers between ticks. */
interface StateTable {

    /** The last starts of those clusters that had one. */
    Map<ClusterName, LastStart> lastStarts(Collection<ClusterName> clusters);

    /** Remembers a start, in place of the last one. */
    void recordStart(ClusterName cluster, LastStart start);

    /**
     * Remembers what a job looked like when it was created.
     *
     * @param hash {@link JobDefinition#hash}
     */
    void recordDefinition(ClusterName cluster, String hash);
}
