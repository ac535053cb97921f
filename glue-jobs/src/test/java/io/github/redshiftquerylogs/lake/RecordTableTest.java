package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records of the job itself: appended once, by the fence of exported rows. */
class RecordTableTest {

    private static final LocalDateTime ONE = LocalDateTime.parse("2026-11-19T23:59:59.999999");
    private static final LocalDateTime TWO = LocalDateTime.parse("2026-11-20T00:00");

    private static final TableDefinition DEFINITION = TableDefinition.ofRecords(
            "findings",
            "found",
            List.of("what"),
            List.of(
                    new DeclaredColumn("what", ColumnType.STRING, Blanks.DATA),
                    new DeclaredColumn("rows", ColumnType.BIGINT, Blanks.DATA)));

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "s3://lake");

    @BeforeEach
    void create() {
        lake.createDatabase();
    }

    private RecordTable table(String cluster) {
        return lake.openRecords(DEFINITION, new ClusterName(cluster));
    }

    private static AppendResult append(RecordTable table, LakePosition base, LocalDateTime logTime, String what) {
        return table.append(base, logTime, List.of(Map.of("what", what)), Map.of("redshift_query_logs.run_id", "jr_1"));
    }

    private static List<Object> all(RecordTable table) {
        return table.records(table.position(), ONE.minusYears(1)).stream()
                .map(record -> record.get("what"))
                .sorted()
                .toList();
    }

    @Test
    void valuesComeBackAndThoseThatAreMissingAreNull() {
        RecordTable table = table("product");
        table.append(
                table.position(), ONE, List.of(Map.of("what", "late", "rows", 7L), Map.of("what", "none")), Map.of());
        assertThat(table.records(table.position(), ONE))
                .containsExactlyInAnyOrder(
                        Map.of("cluster_name", "product", "log_time", ONE, "what", "late", "rows", 7L),
                        Map.of("cluster_name", "product", "log_time", ONE, "what", "none"));
    }

    @Test
    void onlyRecordsOfTheClusterSinceATimeAreRead() {
        RecordTable table = table("product");
        assertThat(table.records(table.position(), ONE)).as("no snapshot yet").isEmpty();
        append(table, table.position(), ONE, "first");
        append(table, table.position(), TWO, "second");
        RecordTable other = table("other");
        append(other, other.position(), TWO, "theirs");
        assertThat(table.records(table.position(), TWO))
                .extracting(record -> record.get("what"))
                .containsExactly("second");
        assertThat(all(table)).containsExactly("first", "second");
    }

    @Test
    void recordsThatAreNotLaterThanTheLastOnesAreRefused() {
        RecordTable table = table("product");
        append(table, table.position(), ONE, "first");
        assertThat(append(table, table.position(), ONE, "again")).isInstanceOf(AppendResult.Refused.class);
        assertThat(append(table, table.position(), ONE.minusHours(1), "earlier"))
                .isInstanceOf(AppendResult.Refused.class);
        assertThat(all(table)).containsExactly("first");
    }

    @Test
    void ofTwoRunsWithOneBaseTheSecondIsRefused() {
        RecordTable table = table("product");
        LakePosition both = table.position();
        append(table, both, ONE, "first");
        assertThat(append(table("product"), both, TWO, "first again")).isInstanceOf(AppendResult.Refused.class);
        assertThat(all(table)).containsExactly("first");
    }

    @Test
    void anotherClusterIsNoConflict() {
        RecordTable table = table("product");
        LakePosition base = table.position();
        RecordTable other = table("other");
        append(other, other.position(), TWO, "theirs");
        assertThat(append(table, base, ONE, "ours")).isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void commitWhoseReplyIsLostIsSeenFromAFreshBase() {
        RecordTable table = table("product");
        catalog.disturb(commit -> {
            commit.run();
            throw new CommitStateUnknownException(new IllegalStateException("no reply"));
        });
        assertThat(append(table, table.position(), ONE, "first")).isInstanceOf(AppendResult.Unknown.class);
        catalog.disturb(Runnable::run);
        assertThat(table.position().maxLogTime()).isEqualTo(Optional.of(ONE));
        assertThat(all(table)).containsExactly("first");
    }
}
