package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.watermark.ClusterDescription;
import java.util.Optional;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * A state that a cluster is in: a row of the table {@code clusters}. See {@link TableDefinition#clusters}.
 *
 * @param sourceIdentity what tells the cluster from another one of its name
 * @param description what AWS says of it; empty if that is not known
 */
public record ClusterState(String sourceIdentity, Optional<ClusterDescription> description) {

    /** Whether this is another state than that of a row. A description that is not known says nothing of a change. */
    boolean differsFrom(Record row) {
        return !sourceIdentity.equals(row.getField("source_identity"))
                || description
                        .filter(known -> differs(known.accountId(), row, "account_id")
                                || differs(known.region(), row, "region")
                                || differs(known.clusterIdentifier(), row, "cluster_identifier")
                                || differs(known.nodeType(), row, "node_type")
                                || differs(known.numberOfNodes(), row, "number_of_nodes"))
                        .isPresent();
    }

    private static boolean differs(Optional<?> known, Record row, String column) {
        @Nullable Object value = row.getField(column);
        return !known.equals(Optional.ofNullable(value));
    }

    void copyTo(Record row) {
        row.setField("source_identity", sourceIdentity);
        description.ifPresent(known -> {
            known.accountId().ifPresent(value -> row.setField("account_id", value));
            known.region().ifPresent(value -> row.setField("region", value));
            known.clusterIdentifier().ifPresent(value -> row.setField("cluster_identifier", value));
            known.nodeType().ifPresent(value -> row.setField("node_type", value));
            known.numberOfNodes().ifPresent(value -> row.setField("number_of_nodes", value));
        });
    }
}
