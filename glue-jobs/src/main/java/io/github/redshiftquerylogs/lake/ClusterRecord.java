package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A row of the table {@code clusters}: the identity and metadata of a cluster. See {@link #table}.
 *
 * @param sourceIdentity distinguishes the cluster from another one of its name
 * @param description its metadata in AWS; empty if unknown
 */
public record ClusterRecord(String sourceIdentity, Optional<ClusterMetadata> description) {

    static final String SOURCE_IDENTITY = "source_identity";

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

    /**
     * The table {@code clusters}: one row for each state of a cluster, with the time when the state was first seen as
     * its {@code log_time}. The key is the state: {@code source_identity} (namespace, else host), {@code account_id},
     * {@code region}, {@code cluster_identifier}, {@code node_type}, {@code number_of_nodes}; unknown values are null.
     */
    public static TableDefinition table() {
        return TableDefinition.ofRecords(
                "clusters",
                "first_seen",
                COLUMNS.stream().map(DeclaredColumn::name).toList(),
                COLUMNS);
    }

    /** Whether this record differs from a stored one. Unknown metadata is no difference. */
    boolean differsFrom(Map<String, Object> stored) {
        return !sourceIdentity.equals(stored.get(SOURCE_IDENTITY))
                || description.filter(known -> differs(known, stored)).isPresent();
    }

    private static boolean differs(ClusterMetadata known, Map<String, Object> stored) {
        return DESCRIBED.entrySet().stream()
                .anyMatch(column ->
                        !column.getValue().apply(known).equals(Optional.ofNullable(stored.get(column.getKey()))));
    }

    /** The values of the row, by column. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(Map.of(SOURCE_IDENTITY, sourceIdentity));
        description.ifPresent(known ->
                DESCRIBED.forEach((name, says) -> says.apply(known).ifPresent(value -> values.put(name, value))));
        return values;
    }
}
