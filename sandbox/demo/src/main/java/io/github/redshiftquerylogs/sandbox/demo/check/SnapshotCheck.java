package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the snapshots of names or states with what the clusters show; nobody changes that while the demo runs. */
record SnapshotCheck(SnapshotTable table, LakeReader lake) {

    /** In place of a database, of a snapshot that is not taken per database. */
    private static final String CLUSTER = "";

    /** The snapshots of a cluster by database and time. */
    private record Taken(Map<String, TreeMap<LocalDateTime, Map<List<@Nullable String>, Long>>> byDatabase) {}

    /** @param ofAllClusters problems of the table that do not depend on a cluster */
    List<CheckReport.TableCheck> check(List<SandboxCluster> clusters, List<String> ofAllClusters) throws SQLException {
        List<String> columns = new Witness(clusters.get(0).redshift())
                .ask(clusters.get(0).redshift().database(), table.sql())
                .columns();
        Map<String, Taken> taken = read(columns);
        Set<String> strangers = new TreeSet<>(taken.keySet());
        clusters.forEach(cluster -> strangers.remove(cluster.name().value()));
        List<CheckReport.TableCheck> checks = new ArrayList<>();
        for (SandboxCluster cluster : clusters) {
            Taken snapshots = taken.getOrDefault(cluster.name().value(), new Taken(Map.of()));
            List<String> problems = new ArrayList<>(ofAllClusters);
            if (!strangers.isEmpty()) {
                problems.add("rows of " + strangers + ": expected rows of the clusters that have the table only");
            }
            problems.addAll(problems(cluster, columns, snapshots));
            checks.add(new CheckReport.TableCheck(cluster.name().value(), table.name(), size(snapshots), problems));
        }
        return checks;
    }

    private Map<String, Taken> read(List<String> columns) throws SQLException {
        int database = table.perDatabase() ? columns.indexOf(SnapshotTable.DATABASE) : -1;
        Map<String, Taken> taken = new HashMap<>();
        for (List<@Nullable String> row : lake.rows("select cluster_name, log_time, "
                + columns.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")) + " from "
                + table.name())) {
            List<@Nullable String> values = row.subList(2, row.size());
            taken.computeIfAbsent(String.valueOf(row.get(0)), name -> new Taken(new HashMap<>()))
                    .byDatabase()
                    .computeIfAbsent(
                            database < 0 ? CLUSTER : String.valueOf(values.get(database)), name -> new TreeMap<>())
                    .computeIfAbsent(
                            LocalDateTime.parse(String.valueOf(row.get(1)), LakeReader.MICROS), time -> new HashMap<>())
                    .merge(values, 1L, Long::sum);
        }
        return taken;
    }

    private List<String> problems(SandboxCluster cluster, List<String> columns, Taken snapshots) throws SQLException {
        List<String> databases = new ArrayList<>(List.of(CLUSTER));
        if (table.perDatabase()) {
            databases = Stream.concat(
                            Stream.of(cluster.redshift().database()), cluster.plan().furtherDatabases().stream())
                    .toList();
        }
        LocalDateTime lastRun = Watermarks.runUpperBound(cluster, SandboxCluster.SETTLE);
        List<String> problems = new ArrayList<>();
        for (String database : databases) {
            Map<List<@Nullable String>, Long> shown = new Witness(cluster.redshift())
                    .ask(database.equals(CLUSTER) ? cluster.redshift().database() : database, table.sql())
                    .rows();
            SnapshotRows rows = new SnapshotRows(
                    columns, SnapshotTable.EVERY, snapshots.byDatabase().getOrDefault(database, new TreeMap<>()));
            rows.problems(takenAt -> List.of(shown), lastRun)
                    .forEach(problem ->
                            problems.add(database.equals(CLUSTER) ? problem : "database " + database + ": " + problem));
        }
        Set<String> unknown = new HashSet<>(snapshots.byDatabase().keySet());
        databases.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            problems.add("snapshots of the databases " + unknown + ": expected those of " + databases);
        }
        return problems;
    }

    private static long size(Taken snapshots) {
        return snapshots.byDatabase().values().stream()
                .flatMap(taken -> taken.values().stream())
                .mapToLong(Multisets::size)
                .sum();
    }
}
