package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.contract.StateAttributes;
import io.github.redshiftquerylogs.contract.StateEntries;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.workload.CanonicalText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares the lake with the ledger of the load and with the system tables of the clusters. Independent of the exporter's
 * declarations.
 */
public final class LakeCheck {

    private final DeployedSandbox sandbox;
    private final LakeReader lake;

    public LakeCheck(DeployedSandbox sandbox, LakeReader lake) {
        this.sandbox = sandbox;
        this.lake = lake;
    }

    /** Compares all clusters; their loads have ended, and all rows are settled and exported. */
    public CheckReport run(List<SandboxCluster> clusters) throws SQLException {
        Map<String, List<String>> ofAllClusters = new HashMap<>();
        List<CheckReport.TableCheck> tables = new ArrayList<>();
        for (SandboxCluster cluster : clusters) {
            // the load has ended, so the clock has not changed since the last run
            LocalDateTime to =
                    cluster.redshift().now().truncatedTo(ChronoUnit.SECONDS).minus(SandboxCluster.SETTLE);
            for (SystemTable table : cluster.redshift().tables()) {
                if (!ofAllClusters.containsKey(table.name())) {
                    ofAllClusters.put(table.name(), problemsOf(table.name(), clusters));
                }
                tables.add(check(cluster, table, to, ofAllClusters.getOrDefault(table.name(), List.of())));
            }
        }
        return new CheckReport(tables);
    }

    private CheckReport.TableCheck check(
            SandboxCluster cluster, SystemTable table, LocalDateTime to, List<String> ofAllClusters)
            throws SQLException {
        Map<List<@Nullable String>, Long> exported = lake.rows(cluster.name(), table);
        Map<List<@Nullable String>, Long> ledger = cluster.ledger().multiset(table.name());
        List<String> columns = table.columnNames();
        List<String> problems = new ArrayList<>();
        problems.addAll(Multisets.differences(columns, "ledger", ledger, "lake", exported));
        problems.addAll(Multisets.differences(columns, "source", source(cluster, table), "lake", exported));
        long rows = Multisets.size(exported);
        if (rows == 0) {
            problems.add("no rows: expected at least one");
        }
        problems.addAll(watermarkProblems(cluster, table.name(), to));
        problems.addAll(ofAllClusters);
        return new CheckReport.TableCheck(cluster.name().value(), table.name(), rows, problems);
    }

    /** Problems of a table that do not depend on a cluster. */
    private List<String> problemsOf(String table, List<SandboxCluster> clusters) throws SQLException {
        List<String> problems = new ArrayList<>(strangers(table, clusters));
        String others = lake.single("select count(*) from \"" + table + "$snapshots\" where operation <> 'append'");
        if (!"0".equals(others)) {
            problems.add(others + " snapshots that are not appends");
        }
        return problems;
    }

    private static Map<List<@Nullable String>, Long> source(SandboxCluster cluster, SystemTable table)
            throws SQLException {
        Map<List<@Nullable String>, Long> rows = new HashMap<>();
        try (Connection connection = cluster.redshift().admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table.name())) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    SystemColumn column = table.columns().get(i);
                    row.add(CanonicalText.of(
                            column,
                            switch (column.type()) {
                                case TIMESTAMP -> result.getObject(i + 1, LocalDateTime.class);
                                case INTEGER, BIGINT, NUMERIC, DOUBLE, BOOLEAN, CHARACTER, TEXT ->
                                    result.getObject(i + 1);
                            }));
                }
                rows.merge(row, 1L, Long::sum);
            }
        }
        return rows;
    }

    private List<String> strangers(String table, List<SandboxCluster> clusters) throws SQLException {
        String names = clusters.stream().map(known -> "'" + known.name() + "'").collect(Collectors.joining(", "));
        String rows = lake.single(
                "select count(*) from " + table + " where cluster_name is null or cluster_name not in (" + names + ")");
        return "0".equals(rows) ? List.of() : List.of(rows + " rows of unknown clusters");
    }

    /** Compares the watermark with the cluster's clock less the settle time, and with the lake. */
    private List<String> watermarkProblems(SandboxCluster cluster, String table, LocalDateTime to) throws SQLException {
        Map<String, AttributeValue> mark = sandbox.state(cluster.name(), StateEntries.table(table));
        List<String> problems = new ArrayList<>();
        String readUpTo = DeployedSandbox.text(mark, StateAttributes.READ_UP_TO);
        if (readUpTo == null || !LocalDateTime.parse(readUpTo).equals(to)) {
            problems.add("watermark is " + readUpTo + ": expected the cluster's clock less the settle time, " + to);
        }
        String greatest =
                lake.single("select max(log_time) from " + table + " where cluster_name = '" + cluster.name() + "'");
        String remembered = DeployedSandbox.text(mark, StateAttributes.LAKE_GREATEST);
        if (greatest == null
                || remembered == null
                || !greatest.replace(' ', 'T').equals(remembered)) {
            problems.add("watermark remembers " + remembered + " as the greatest log_time of the lake: expected "
                    + greatest);
        }
        return problems;
    }
}
