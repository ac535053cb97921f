package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares every exported table of the lake with its witnesses: logs with the ledger of the load and with the clusters,
 * snapshots with the clusters' catalogs, the own exports of the examples with the orders. Independent of the exporter's
 * declarations.
 */
public final class LakeCheck {

    private static final String OWN = "own_";

    private final DeployedSandbox sandbox;
    private final LakeReader lake;
    private final boolean examples;

    /** @param examples whether the own exports are those of {@code examples/exports} */
    public LakeCheck(DeployedSandbox sandbox, LakeReader lake, boolean examples) {
        this.sandbox = sandbox;
        this.lake = lake;
        this.examples = examples;
    }

    /** Compares all clusters; their loads have ended, and all rows are settled and exported. */
    public CheckReport run(List<SandboxCluster> clusters) throws SQLException {
        List<SelectedExports> exports = clusters.stream()
                .map(cluster ->
                        SelectedExports.of(cluster.name().value(), sandbox.state(cluster.name(), StateEntries.EXPORTS)))
                .toList();
        List<CheckReport.TableCheck> checks = compare(
                clusters,
                otherCommits(exports.stream()
                        .flatMap(selected -> selected.names().stream())
                        .collect(Collectors.toCollection(TreeSet::new))));
        List<String> notCompared = new ArrayList<>();
        for (SelectedExports selected : exports) {
            checks = new ArrayList<>(selected.require(checks));
            for (String table : selected.notAmong(checks)) {
                if (table.startsWith(OWN) && !examples) {
                    notCompared.add(selected.cluster() + ' ' + table);
                } else {
                    checks.add(new CheckReport.TableCheck(
                            selected.cluster(),
                            table,
                            0,
                            List.of("it is exported and was not compared: expected an export that the check knows")));
                }
            }
        }
        for (SandboxCluster cluster : clusters) {
            checks.add(new SealCheck(lake).check(cluster));
        }
        checks.sort(Comparator.comparing(CheckReport.TableCheck::cluster).thenComparing(CheckReport.TableCheck::table));
        return new CheckReport(checks, notCompared);
    }

    private List<CheckReport.TableCheck> compare(List<SandboxCluster> clusters, Map<String, List<String>> ofAllClusters)
            throws SQLException {
        Watermarks watermarks = new Watermarks(sandbox);
        List<CheckReport.TableCheck> checks = new ArrayList<>();
        Set<String> logs = clusters.stream()
                .flatMap(cluster -> cluster.redshift().tables().stream())
                .map(SystemTable::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String log : logs) {
            checks.addAll(
                    new LogCheck(log, clusters, watermarks).check(lake, ofAllClusters.getOrDefault(log, List.of())));
        }
        checks.addAll(snapshots(SnapshotTable.NAMES, clusters, ClusterPlan::names, ofAllClusters));
        checks.addAll(snapshots(SnapshotTable.STATES, clusters, ClusterPlan::states, ofAllClusters));
        for (SandboxCluster cluster : clusters) {
            if (examples && cluster.name().value().equals(OrdersCheck.CLUSTER)) {
                checks.addAll(new OrdersCheck(cluster, lake, watermarks).check(ofAllClusters));
            }
        }
        return checks;
    }

    private List<CheckReport.TableCheck> snapshots(
            List<SnapshotTable> tables,
            List<SandboxCluster> clusters,
            Predicate<ClusterPlan> has,
            Map<String, List<String>> ofAllClusters)
            throws SQLException {
        List<SandboxCluster> selecting =
                clusters.stream().filter(cluster -> has.test(cluster.plan())).toList();
        List<CheckReport.TableCheck> checks = new ArrayList<>();
        if (!selecting.isEmpty()) {
            for (SnapshotTable table : tables) {
                checks.addAll(new SnapshotCheck(table, lake)
                        .check(selecting, ofAllClusters.getOrDefault(table.name(), List.of())));
            }
        }
        return checks;
    }

    /** Commits that neither append rows nor, like a compaction, only put them into other files; by table. */
    private Map<String, List<String>> otherCommits(Set<String> tables) throws SQLException {
        Map<String, List<String>> problems = new TreeMap<>();
        if (tables.isEmpty()) {
            return problems;
        }
        String all = tables.stream()
                .map(table -> "select '" + table + "' as name, operation from \"" + table + "$snapshots\"")
                .collect(Collectors.joining(" union all "));
        String sql = "select name, operation, count(*) from (" + all
                + ") commits where operation not in ('append', 'replace') group by name, operation";
        for (List<@Nullable String> row : lake.rows(sql)) {
            problems.computeIfAbsent(String.valueOf(row.get(0)), table -> new ArrayList<>())
                    .add(row.get(2) + " commits are '" + row.get(1) + "': expected appends and compactions only");
        }
        return problems;
    }
}
