package io.github.redshiftquerylogs.sandbox.demo.load;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.util.List;
import java.util.Optional;

/**
 * A cluster to start.
 *
 * @param name its name in the lake
 * @param kind how it is reached
 * @param tables its system tables with logged rows, all of which are exported
 * @param exports its parameter {@code exports}; empty if it exports what suits it
 * @param furtherDatabases databases beside the first one
 * @param names whether the names of its users, databases and tables are exported
 * @param states whether it shows the states of its tables and queues, which are exported then
 * @param seed of the random choices of its load
 */
public record ClusterPlan(
        ClusterName name,
        ClusterKind kind,
        List<SystemTable> tables,
        Optional<String> exports,
        List<String> furtherDatabases,
        boolean names,
        boolean states,
        long seed) {

    public ClusterPlan {
        tables = List.copyOf(tables);
        furtherDatabases = List.copyOf(furtherDatabases);
    }

    /**
     * A cluster that exports logs and perhaps names.
     *
     * @param exports its parameter {@code exports}, which selects {@code tables}
     */
    public static ClusterPlan of(String name, ClusterKind kind, List<SystemTable> tables, String exports, long seed) {
        return new ClusterPlan(
                new ClusterName(name),
                kind,
                tables,
                Optional.of(exports),
                List.of(),
                List.of(exports.split(",")).contains("names"),
                false,
                seed);
    }
}
