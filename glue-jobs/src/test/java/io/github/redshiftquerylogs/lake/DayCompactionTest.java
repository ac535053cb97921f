package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.compaction.SparkRewriter;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compaction by Iceberg's real action, beside appends and after lost replies, and the damage without the guards. */
class DayCompactionTest {

    private static final ClusterName CLUSTER = new ClusterName("product-warehouse");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final String[] TIMES = {
        "2026-11-19T03:00", "2026-11-19T03:00", "2026-11-19T09:00", "2026-11-19T09:01", "2026-11-19T21:00"
    };

    @AutoClose
    private static final LocalLake LAKE = new LocalLake();

    private final PartitionRewriter spark = new SparkRewriter(LAKE.spark());
    private ExportDeclaration export;
    private Table table;
    private DayRows sealed;

    @BeforeEach
    void aDayOfThreeFiles() {
        export = LocalLake.declaration();
        table = LAKE.table(export);
        append(CLUSTER, TIMES[3], TIMES[2]);
        append(CLUSTER, TIMES[4]);
        appendLate(TIMES[1], TIMES[0]);
        append(new ClusterName("another"), TIMES[0]);
        sealed = content();
    }

    private void append(ClusterName cluster, String... times) {
        Table now = LAKE.table(export);
        assertThat(new FencedAppend(now, cluster)
                        .commit(
                                new ClusterRows(now, cluster).position(Optional.empty()),
                                LocalLake.write(now, cluster.value(), times),
                                Map.of()))
                .isInstanceOf(AppendResult.Committed.class);
    }

    private void appendLate(String... times) {
        LakeTable lake = LAKE.lake(LocalLake.DATABASE).open(export, CLUSTER);
        LakePosition base = lake.position(Optional.empty());
        assertThat(lake.appendLate(
                        base,
                        DAY,
                        new WrittenFiles(
                                LocalLake.write(LAKE.table(export), CLUSTER.value(), times),
                                null,
                                ReplacedValues.none()),
                        Map.of()))
                .isInstanceOf(AppendResult.Committed.class);
    }

    private DayRows content() {
        return new DayContent(table, CLUSTER, export).of(LAKE.table(export), DAY);
    }

    private CompactionResult compact(Table through, PartitionRewriter rewriter) {
        return new DayCompaction(through, CLUSTER, export).compact(DAY, sealed, rewriter, Map.of("run", "jr_1"));
    }

    private static Expression rows(Table table) {
        return new ClusterRows(table, CLUSTER)
                .between(DAY.atStartOfDay(), DAY.plusDays(1).atStartOfDay());
    }

    private void rewriteUnguarded(Table through, PartitionRewriter rewriter) {
        rewriter.rewrite(
                new PartitionRewriter.Rewrite(through, rows(through), List.of("log_time"), 1L << 20, Map.of()));
    }

    private List<String> files() {
        Table now = LAKE.table(export);
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                now.newScan().filter(rows(now)).planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }

    private List<String> storedOrder() {
        return TestingLake.rows(LAKE.table(export)).stream()
                .filter(row -> row.getField("cluster_name").equals(CLUSTER.value()))
                .map(row -> row.getField("log_time") + " " + row.getField("id"))
                .toList();
    }

    @Test
    void aDayBecomesOneFileByTimeAndKeyAndIsThenLeftAlone() {
        append(CLUSTER, "2026-11-20T00:00");
        LakePosition before = new ClusterRows(LAKE.table(export), CLUSTER).position(Optional.empty());
        Table now = LAKE.table(export);
        assertThat(compact(now, spark)).isInstanceOfSatisfying(CompactionResult.Compacted.class, done -> {
            assertThat(done.before()).isEqualTo(new DayFiles(3, done.before().bytes(), 5, false, true));
            assertThat(done.after()).isEqualTo(new DayFiles(1, done.after().bytes(), 5, false, true));
            assertThat(done.after().bytes()).isLessThan(done.before().bytes());
        });
        assertThat(storedOrder())
                .containsExactlyInAnyOrder(
                        TIMES[0] + " 0",
                        TIMES[1] + " 1",
                        TIMES[2] + " 1",
                        TIMES[3] + " 0",
                        TIMES[4] + " 0",
                        "2026-11-20T00:00 0")
                .containsSubsequence(
                        TIMES[0] + " 0", TIMES[1] + " 1", TIMES[2] + " 1", TIMES[3] + " 0", TIMES[4] + " 0");
        assertThat(content()).isEqualTo(sealed);
        assertThat(LocalLake.times(table, "another")).containsExactly(TIMES[0]);
        assertThat(table.currentSnapshot().summary()).containsEntry("run", "jr_1");
        LakePosition after = new ClusterRows(LAKE.table(export), CLUSTER).position(before.maxLogTime());
        assertThat(after.maxLogTime()).as("where exports go on").isEqualTo(before.maxLogTime());
        assertThat(after.tableUuid()).isEqualTo(before.tableUuid());

        assertThat(compact(LAKE.table(export), spark)).isEqualTo(new CompactionResult.NothingToDo());
        assertThat(LocalLake.operations(table))
                .containsExactly("append", "append", "append", "append", "append", "replace");
    }

    @Test
    void aRewriteThatWouldLoseARowIsNotCommitted() {
        PartitionRewriter losing = new PlainRewriter(row -> !isNewest(row));
        List<String> before = files();
        assertThat(compact(LAKE.table(export), losing))
                .isInstanceOfSatisfying(
                        CompactionResult.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("the day would have 4 rows with checksum ")
                                .contains(": expected 5 with " + sealed.checksum()));
        assertThat(files()).isEqualTo(before);
        assertThat(content()).isEqualTo(sealed);

        rewriteUnguarded(LAKE.table(export), losing);
        assertThat(content().rows()).as("without the guard").isEqualTo(4);
    }

    private static boolean isNewest(Record row) {
        return row.getField("log_time").toString().equals(TIMES[4]);
    }

    @Test
    void aDayThatIsNotWhatWasSealedIsLeftAsItIs() {
        appendLate("2026-11-19T12:00");
        List<String> before = files();
        assertThat(compact(LAKE.table(export), spark)).isInstanceOf(CompactionResult.Refused.class);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aLostReplyDoesNotCostTheDay() {
        assertThat(compact(LostReply.of(LAKE.table(export)), spark))
                .isInstanceOfSatisfying(
                        CompactionResult.Compacted.class,
                        done -> assertThat(done.after().count()).isEqualTo(1));
        assertThat(content()).isEqualTo(sealed);
        assertThat(compact(LAKE.table(export), spark)).isEqualTo(new CompactionResult.NothingToDo());
        assertThat(content()).isEqualTo(sealed);
    }

    @Test
    void withoutHeldDeletionsALostReplyCostsTheDay() {
        rewriteUnguarded(LostReply.of(LAKE.table(export)), spark);
        assertThatThrownBy(this::content).isInstanceOf(NotFoundException.class).hasMessageContaining("/metadata/snap-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostReplyBeforeAnAppendCostsNeither(boolean oneManifest) {
        if (oneManifest) {
            mergeManifests();
        }
        assertThat(compact(LostReply.of(LAKE.table(export), this::losesTheReplyBeforeAnAppend), spark))
                .isInstanceOf(CompactionResult.Compacted.class);
        assertThat(content()).isEqualTo(sealed);
        assertThat(LocalLake.times(table, "another")).contains(TIMES[0], TIMES[4]);
    }

    /** Iceberg's second attempt finds that the files to replace are gone, and deletes what the first one committed. */
    @Test
    void withoutHeldDeletionsALostReplyBeforeAnAppendCostsTheDay() {
        assertThatThrownBy(() ->
                        rewriteUnguarded(LostReply.of(LAKE.table(export), this::losesTheReplyBeforeAnAppend), spark))
                .hasMessageContaining("Cannot commit rewrite");
        // manifests and data files are gone
        assertThatThrownBy(this::content).isInstanceOf(NotFoundException.class);
    }

    /** Iceberg's second attempt finds its own snapshot, and makes it the current one again. */
    @Test
    void withoutTheGuardALostReplyUndoesAnAppendBehindIt() {
        mergeManifests();
        rewriteUnguarded(LostReply.of(LAKE.table(export), this::losesTheReplyBeforeAnAppend), spark);
        Table now = LAKE.table(export);
        assertThat(now.currentSnapshot().operation())
                .as("rolled back to the rewrite")
                .isEqualTo("replace");
        assertThat(LocalLake.operations(now)).endsWith("replace", "append");
    }

    /** As after many appends: files of several clusters are in one manifest. */
    private void mergeManifests() {
        Table now = LAKE.table(export);
        now.updateProperties().set("commit.manifest.min-count-to-merge", "2").commit();
        append(new ClusterName("another"), TIMES[3]);
        now.updateProperties().remove("commit.manifest.min-count-to-merge").commit();
    }

    private void losesTheReplyBeforeAnAppend(Runnable commit) {
        commit.run();
        append(new ClusterName("another"), TIMES[4]);
        throw new CommitFailedException("a conflict, as it seems");
    }

    @Test
    void whatIsUnknownIsLeftAndSeenNextTime() {
        Table silent = LostReply.of(LAKE.table(export), commit -> {
            commit.run();
            throw new CommitStateUnknownException(new IllegalStateException("no reply"));
        });
        assertThat(compact(silent, spark)).isInstanceOf(CompactionResult.Unknown.class);
        assertThat(content()).isEqualTo(sealed);
        assertThat(compact(LAKE.table(export), spark)).isEqualTo(new CompactionResult.NothingToDo());
    }

    @Test
    void appendsBesideARewriteAreKept() {
        Table busy = LostReply.of(LAKE.table(export), commit -> {
            append(CLUSTER, "2026-11-20T07:00");
            appendLate("2026-11-19T12:00");
            commit.run();
        });
        assertThat(compact(busy, spark)).isInstanceOf(CompactionResult.Compacted.class);
        assertThat(LocalLake.times(table, CLUSTER.value()))
                .containsExactly(
                        TIMES[0], TIMES[1], TIMES[2], TIMES[3], "2026-11-19T12:00", TIMES[4], "2026-11-20T07:00");
        assertThat(LAKE.lake(LocalLake.DATABASE)
                        .open(export, CLUSTER)
                        .filesByDay()
                        .get(DAY))
                .satisfies(files -> {
                    assertThat(files.count()).isEqualTo(2);
                    assertThat(files.inOrder()).isFalse();
                    assertThat(files.isCompact()).isFalse();
                });
    }

    @Test
    void anAppendThatIsOvertakenByARewriteIsKept() {
        LakeTable lake = LAKE.lake(LocalLake.DATABASE).open(export, CLUSTER);
        LakePosition base = lake.position(Optional.empty());
        assertThat(compact(LAKE.table(export), spark)).isInstanceOf(CompactionResult.Compacted.class);
        WrittenFiles late = new WrittenFiles(
                LocalLake.write(table, CLUSTER.value(), "2026-11-19T12:00"), null, ReplacedValues.none());
        assertThat(lake.appendLate(base, DAY, late, Map.of())).isInstanceOf(AppendResult.Committed.class);
        assertThat(LocalLake.times(table, CLUSTER.value())).hasSize(6);
    }

    @Test
    void whatSomebodyElseHasCompactedIsDone() {
        Table slow = LostReply.of(LAKE.table(export), commit -> {
            assertThat(compact(LAKE.table(export), new PlainRewriter())).isInstanceOf(CompactionResult.Compacted.class);
            commit.run();
        });
        assertThat(compact(slow, spark)).isEqualTo(new CompactionResult.NothingToDo());
        assertThat(files()).hasSize(1);
        assertThat(content()).isEqualTo(sealed);
    }
}
