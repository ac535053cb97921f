package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeRows;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares one log of all clusters with their ledgers and with what they show. */
final class LogCheck {

    /** Columns that hold data of users' tables; they are not exported. */
    private static final Map<String, Set<String>> LEFT_OUT =
            Map.of("stl_load_errors", Set.of("raw_line", "raw_field_value"));

    private final String table;
    private final Map<SandboxCluster, SystemTable> clusters = new LinkedHashMap<>();
    private final Watermarks watermarks;

    LogCheck(String table, List<SandboxCluster> all, Watermarks watermarks) {
        this.table = table;
        this.watermarks = watermarks;
        for (SandboxCluster cluster : all) {
            definition(cluster).ifPresent(found -> clusters.put(cluster, found));
        }
    }

    private Optional<SystemTable> definition(SandboxCluster cluster) {
        return cluster.redshift().tables().stream()
                .filter(known -> known.name().equals(table))
                .findFirst();
    }

    /** @param ofAllClusters problems of the table that do not depend on a cluster */
    List<CheckReport.TableCheck> check(LakeReader lake, List<String> ofAllClusters) throws SQLException {
        List<SystemColumn> columns = exportedColumns();
        LakeRows rows = lake.rows(table, columns);
        List<String> common = new ArrayList<>(ofAllClusters);
        common.addAll(strangers(rows));
        List<CheckReport.TableCheck> checks = new ArrayList<>();
        for (Map.Entry<SandboxCluster, SystemTable> cluster : clusters.entrySet()) {
            checks.add(check(cluster.getKey(), cluster.getValue(), columns, rows, common));
        }
        return checks;
    }

    /** Those that any of the clusters has. */
    private List<SystemColumn> exportedColumns() {
        Map<String, SystemColumn> columns = new LinkedHashMap<>();
        Set<String> leftOut = LEFT_OUT.getOrDefault(table, Set.of());
        for (SystemTable definition : clusters.values()) {
            for (SystemColumn column : definition.columns()) {
                if (!leftOut.contains(column.name())) {
                    columns.putIfAbsent(column.name(), column);
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private List<String> strangers(LakeRows rows) {
        List<String> problems = new ArrayList<>();
        for (String name : rows.clusters()) {
            if (clusters.keySet().stream()
                    .noneMatch(cluster -> cluster.name().value().equals(name))) {
                problems.add(Multisets.size(rows.of(name)) + " rows of '" + name
                        + "': expected rows of the clusters that have the table only");
            }
        }
        return problems;
    }

    private CheckReport.TableCheck check(
            SandboxCluster cluster,
            SystemTable definition,
            List<SystemColumn> columns,
            LakeRows rows,
            List<String> common)
            throws SQLException {
        String name = cluster.name().value();
        List<String> all = columns.stream().map(SystemColumn::name).toList();
        List<String> shown = all.stream().filter(definition::has).toList();
        Map<List<@Nullable String>, Long> exported = rows.of(name);
        Duration settle = Watermarks.settle(table);
        LocalDateTime readUpTo = Watermarks.runUpperBound(cluster, settle);
        LogRows compared = new LogRows(
                shown,
                project(cluster.ledger().multiset(table, readUpTo), definition, shown),
                project(cluster.ledger().optional(table), definition, shown),
                project(new Witness(cluster.redshift()).rows(definition), definition, shown),
                settle.equals(SandboxCluster.SETTLE),
                Multisets.project(exported, all, shown));
        List<String> problems = new ArrayList<>(compared.problems());
        List<String> others =
                all.stream().filter(column -> !definition.has(column)).toList();
        if (Multisets.project(exported, all, others).keySet().stream()
                .anyMatch(row -> row.stream().anyMatch(value -> value != null))) {
            problems.add("values in " + others + ": expected nulls, because the cluster does not have these columns");
        }
        problems.addAll(watermarks.problems(cluster, table, readUpTo, rows.greatestLogTime(name)));
        problems.addAll(common);
        return new CheckReport.TableCheck(name, table, Multisets.size(exported), problems, compared.differences());
    }

    private static Map<List<@Nullable String>, Long> project(
            Map<List<@Nullable String>, Long> rows, SystemTable definition, List<String> shown) {
        return Multisets.project(rows, definition.columnNames(), shown);
    }
}
