package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.data.Record;

/**
 * A row of the table {@code clusters}: the identity and metadata of a cluster. See {@link TableDefinition#clusters}.
 *
 * @param sourceIdentity distinguishes the cluster from another one of its name
 * @param description its metadata in AWS; empty if unknown
 */
public record ClusterRecord(String sourceIdentity, Optional<ClusterMetadata> description) {

    private static final String SOURCE_IDENTITY = "source_identity";

    /** The columns other than the identity, in their order, each with its value in the metadata. */
    private static final Map<String, Function<ClusterMetadata, Optional<?>>> DESCRIBED = new LinkedHashMap<>();

    private static final List<DeclaredColumn> COLUMNS = new ArrayList<>();

    static {
        COLUMNS.add(new DeclaredColumn(SOURCE_IDENTITY, ColumnType.STRING, Blanks.PADDING));
        described("account_id", ColumnType.STRING, ClusterMetadata::accountId);
        described("region", ColumnType.STRING, ClusterMetadata::region);
        described("cluster_identifier", ColumnType.STRING, ClusterMetadata::clusterIdentifier);
        described("node_type", ColumnType.STRING, ClusterMetadata::nodeType);
        described("number_of_nodes", ColumnType.INTEGER, ClusterMetadata::numberOfNodes);
    }

    private static void described(String name, ColumnType type, Function<ClusterMetadata, Optional<?>> description) {
        COLUMNS.add(new DeclaredColumn(name, type, Blanks.PADDING));
        DESCRIBED.put(name, description);
    }

    /** The columns of the table; all of them are its key. */
    static List<DeclaredColumn> columns() {
        return List.copyOf(COLUMNS);
    }

    /** Whether this record differs from a row. Unknown metadata is no difference. */
    boolean differsFrom(Record row) {
        return !sourceIdentity.equals(row.getField(SOURCE_IDENTITY))
                || description.filter(known -> differs(known, row)).isPresent();
    }

    private static boolean differs(ClusterMetadata known, Record row) {
        return DESCRIBED.entrySet().stream().anyMatch(column -> {
            Object value = row.getField(column.getKey());
            return !column.getValue().apply(known).equals(Optional.ofNullable(value));
        });
    }

    void copyTo(Record row) {
        row.setField(SOURCE_IDENTITY, sourceIdentity);
        description.ifPresent(known ->
                DESCRIBED.forEach((name, says) -> says.apply(known).ifPresent(value -> row.setField(name, value))));
    }
}
