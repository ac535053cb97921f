package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Collection;
import java.util.Map;

/** What the Lambda remembers between ticks, and what the job tells of its runs. */
public interface StateTable {

    /** What is remembered of each of these clusters, {@link ClusterState#NONE} if nothing is. */
    Map<ClusterName, ClusterState> read(Collection<ClusterName> clusters);

    /** Remembers a start, in place of the last one. */
    void recordStart(ClusterName cluster, LastStart start);

    /**
     * Remembers what a job was last made to look like.
     *
     * @param hash the hash
     */
    void recordDefinition(ClusterName cluster, String hash);
}
