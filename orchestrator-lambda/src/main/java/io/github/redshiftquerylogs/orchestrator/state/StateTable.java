package io.github.redshiftquerylogs.orchestrator.state;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.Collection;
import java.util.Map;

/** State of clusters between ticks, and the summaries of the job's runs. */
public interface StateTable {

    /** The history of each of these clusters; {@link ClusterHistory#NONE} if there is none. */
    Map<ClusterName, ClusterHistory> read(Collection<ClusterName> clusters);

    /** Records a start; replaces the last one. */
    void recordStart(ClusterName cluster, LastStart start);

    /**
     * Records the job definition that was applied.
     *
     * @param hash its hash
     */
    void recordDefinition(ClusterName cluster, String hash);
}
