package io.github.redshiftquerylogs.sandbox.demo.ask;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a log table of the lake by cluster, as multisets, without the two columns that the lake adds. */
public final class LakeRows {

    /** Stands for a cluster name that is null. */
    static final String NOBODY = "(null)";

    private final Map<String, Map<List<@Nullable String>, Long>> rows = new HashMap<>();
    private final Map<String, LocalDateTime> greatest = new HashMap<>();

    LakeRows() {}

    void add(String cluster, LocalDateTime logTime, List<@Nullable String> row) {
        rows.computeIfAbsent(cluster, name -> new HashMap<>()).merge(row, 1L, Long::sum);
        greatest.merge(cluster, logTime, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The clusters that have rows. */
    public Set<String> clusters() {
        return Set.copyOf(rows.keySet());
    }

    /** The rows of a cluster. */
    public Map<List<@Nullable String>, Long> of(String cluster) {
        return rows.getOrDefault(cluster, Map.of());
    }

    /** The greatest {@code log_time} of a cluster; null if it has no rows. */
    public @Nullable LocalDateTime greatestLogTime(String cluster) {
        return greatest.get(cluster);
    }
}
