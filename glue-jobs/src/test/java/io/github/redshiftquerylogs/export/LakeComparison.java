package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.workload.CanonicalText;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.statement.Statement;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Compares a lake with what a workload has written, as multisets of rows, by the columns of the source: it knows nothing
 * of declarations.
 */
final class LakeComparison {

    private LakeComparison() {}

    /** The rows of the lake, all of one cluster, without our two columns, as the source would show them. */
    static Map<List<@Nullable String>, Long> asInSource(SystemTable source, ClusterName cluster, List<Record> lake) {
        Map<List<@Nullable String>, Long> rows = new HashMap<>();
        for (Record row : lake) {
            assertThat(row.getField("cluster_name")).isEqualTo(cluster.value());
            List<@Nullable String> values = new ArrayList<>();
            for (SystemColumn column : source.columns()) {
                values.add(CanonicalText.of(column, row.getField(column.name())));
            }
            rows.merge(values, 1L, Long::sum);
        }
        return rows;
    }

    /**
     * Every row of the ledger is in the lake, as often as in the ledger; and no other row, apart from those that may be there,
     * see {@link Ledger#optional}. No table is empty.
     */
    static void requireEqual(
            List<SystemTable> tables, Ledger ledger, ClusterName cluster, Function<String, List<Record>> lake) {
        requireEqual(tables, ledger, cluster, lake, LocalDateTime.MIN);
    }

    /** @param earlierRelease a release without derived columns wrote the rows up to here */
    static void requireEqual(
            List<SystemTable> tables,
            Ledger ledger,
            ClusterName cluster,
            Function<String, List<Record>> lake,
            LocalDateTime earlierRelease) {
        for (SystemTable source : tables) {
            Map<List<@Nullable String>, Long> expected = ledger.multiset(source.name());
            assertThat(expected).as(source.name()).isNotEmpty();
            Map<List<@Nullable String>, Long> exported = asInSource(source, cluster, lake.apply(source.name()));
            ledger.optional(source.name())
                    .forEach((row, times) -> exported.computeIfPresent(
                            row, (same, found) -> found > times ? Long.valueOf(found - times) : null));
            assertThat(exported).as(source.name()).isEqualTo(expected);
        }
        if (tables.stream().anyMatch(source -> source.name().equals("stl_query"))) {
            requireDerivedColumns(lake.apply("stl_query"), earlierRelease);
        }
    }

    /** However a row was read, its derived columns are those of its text; those of an earlier release are null. */
    private static void requireDerivedColumns(List<Record> queries, LocalDateTime earlierRelease) {
        for (Record row : queries) {
            boolean derived = ((LocalDateTime) row.getField("log_time")).isAfter(earlierRelease);
            Statement statement = Statement.of(String.valueOf(row.getField("querytxt")));
            for (StatementColumn column : StatementColumn.values()) {
                assertThat(row.getField(column.columnName())).isEqualTo(derived ? column.of(statement) : null);
            }
        }
    }
}
