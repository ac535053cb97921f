package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.File;
import java.net.URI;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Concurrent runs on real Iceberg, and the damage without the fence. */
class FencedAppendTest {

    private static final ClusterName CLUSTER = new ClusterName("product-warehouse");
    private static final String ONE = "2026-11-19T01:00";
    private static final String TWO = "2026-11-19T02:00";
    private static final String THREE = "2026-11-19T03:00";
    private static final String FOUR = "2026-11-19T04:00";

    @AutoClose
    private static final LocalLake LAKE = new LocalLake();

    private ExportDeclaration declaration;
    private Table table;

    @BeforeEach
    void newTable() {
        declaration = LocalLake.declaration();
        table = LAKE.table(declaration);
    }

    @Test
    void rowsArriveOnceAndTheHistorySaysAppend() {
        assertThat(append(position(), ONE, TWO)).isInstanceOf(AppendResult.Committed.class);
        assertThat(append(position(), THREE)).isInstanceOf(AppendResult.Committed.class);
        assertThat(times()).containsExactly(ONE, TWO, THREE);
        assertThat(LocalLake.operations(table)).containsExactly("append", "append");
    }

    @Test
    void doubleStartOnAnEmptyTableIsRefused() {
        LakePosition both = position();
        assertThat(append(both, ONE, TWO)).isInstanceOf(AppendResult.Committed.class);
        assertThat(append(both, ONE, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @Test
    void doubleStartFromTheSameBaseIsRefused() {
        append(position(), ONE);
        LakePosition both = position();
        assertThat(append(both, TWO, THREE)).isInstanceOf(AppendResult.Committed.class);
        assertThat(append(both, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void zombieThatWakesUpManyCommitsLaterIsRefused() {
        append(position(), ONE);
        LakePosition zombie = position();
        append(position(), TWO);
        append(position(), THREE);
        append(position(), FOUR);
        assertThat(append(zombie, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO, THREE, FOUR);
    }

    @Test
    void baseThatHasExpiredIsRefused() {
        append(position(), ONE);
        LakePosition zombie = position();
        append(position(), TWO);
        append(position(), THREE);
        table.refresh();
        table.expireSnapshots()
                .expireSnapshotId(zombie.snapshotId().getAsLong())
                .commit();
        assertThat(append(zombie, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void anotherClustersAppendInBetweenIsNoConflict() {
        append(position(), ONE);
        LakePosition base = position();
        ClusterName other = new ClusterName("category-management");
        Table theirs = LAKE.table(declaration);
        new FencedAppend(theirs, other)
                .commit(
                        new ClusterRows(theirs, other).position(Optional.empty()),
                        LocalLake.write(theirs, "category-management", TWO),
                        Map.of());
        assertThat(append(base, TWO)).isInstanceOf(AppendResult.Committed.class);
        assertThat(times()).containsExactly(ONE, TWO);
        assertThat(LocalLake.times(table, "category-management")).containsExactly(TWO);
    }

    @Test
    void compactionInBetweenIsNoConflict() {
        append(position(), ONE);
        append(position(), TWO);
        LakePosition base = position();
        SparkActions.get(LAKE.spark())
                .rewriteDataFiles(LAKE.table(declaration))
                .option(RewriteDataFilesOptions.MIN_INPUT_FILES, "1")
                .option(RewriteDataFilesOptions.REWRITE_ALL, "true")
                .execute();
        assertThat(append(base, THREE)).isInstanceOf(AppendResult.Committed.class);
        assertThat(times()).containsExactly(ONE, TWO, THREE);
        assertThat(LocalLake.operations(table)).containsExactly("append", "append", "replace", "append");
    }

    @Test
    void compactionDoesNotMoveTheClustersPosition() {
        append(position(), ONE);
        append(position(), TWO);
        SparkActions.get(LAKE.spark())
                .rewriteDataFiles(LAKE.table(declaration))
                .option(RewriteDataFilesOptions.REWRITE_ALL, "true")
                .execute();
        assertThat(position().maxLogTime()).contains(LocalDateTime.parse(TWO));
    }

    @Test
    void fenceFarTooLowIsNoticedBeforeTheCommit() {
        append(position(), ONE);
        append(position(), TWO);
        LakePosition now = position();
        LakePosition low = new LakePosition(now.tableUuid(), now.snapshotId(), Optional.of(LocalDateTime.parse(ONE)));
        assertThatThrownBy(() -> append(low, TWO)).hasMessageContaining("has rows behind its own fence");
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @Test
    void refusedFilesAreDeletedAndCommittedOnesStay() {
        LakePosition both = position();
        List<DataFile> first = LocalLake.write(table, CLUSTER.value(), ONE);
        List<DataFile> second = LocalLake.write(table, CLUSTER.value(), ONE);
        append(both, first);
        append(both, second);
        assertThat(first).allMatch(FencedAppendTest::exists);
        assertThat(second).noneMatch(FencedAppendTest::exists);
    }

    @Test
    void commitWhoseReplyIsLostHappensOnce() {
        append(position(), ONE);
        LakePosition base = position();
        LAKE.endpoint().dropReplyAfter("UpdateTable");
        AppendResult outcome = append(base, TWO);
        assertThat(outcome).isNotInstanceOf(AppendResult.Refused.class);
        // committed or unknown: the same rows from the old base are refused
        assertThat(append(base, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @Test
    void commitWhoseTriesAreUsedUpByOthersIsRefusedAndItsFilesAreDeleted() {
        append(position(), ONE);
        retries(0);
        LakePosition base = position();
        List<DataFile> files = LocalLake.write(table, CLUSTER.value(), TWO);
        List<String> before = manifests();
        refuseTheNextUpdate();

        AppendResult result = new FencedAppend(LAKE.table(declaration), CLUSTER).commit(base, files, Map.of());

        assertThat(result).isInstanceOf(AppendResult.Refused.class);
        assertThat(result).extracting("reason").asString().contains("Glue detected concurrent update");
        assertThat(files).noneMatch(FencedAppendTest::exists);
        assertThat(manifests()).as("nor does anything else stay").isEqualTo(before);
        assertThat(times()).containsExactly(ONE);
        assertThat(append(position(), TWO)).as("starting over helps").isInstanceOf(AppendResult.Committed.class);
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @Test
    void triesBeforeTheOneThatSucceedsLeaveNothingBehind() {
        append(position(), ONE);
        List<String> before = manifests();
        LakePosition base = position();
        refuseTheNextUpdate();
        assertThat(append(base, TWO)).isInstanceOf(AppendResult.Committed.class);
        assertThat(manifests()).as("a manifest and a list of manifests").hasSize(before.size() + 2);
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void commitThatHappenedAndIsReportedAsAConflictIsUnknownAndNothingOfItIsDeleted(int retries) {
        append(position(), ONE);
        retries(retries);
        LakePosition base = position();
        List<DataFile> files = LocalLake.write(table, CLUSTER.value(), TWO);

        AppendResult result =
                new FencedAppend(LostReply.of(LAKE.table(declaration)), CLUSTER).commit(base, files, Map.of());

        assertThat(result).isInstanceOf(AppendResult.Unknown.class);
        assertThat(files).allMatch(FencedAppendTest::exists);
        assertThat(times()).as("also its manifests are still there").containsExactly(ONE, TWO);
        assertThat(append(base, TWO)).isInstanceOf(AppendResult.Refused.class);
        assertThat(times()).containsExactly(ONE, TWO);
    }

    @Nested
    class WithoutTheGuard {

        @Test
        void conflictThatOutlastsTheRetriesLeavesAsAnExceptionAndTheFilesStay() {
            retries(0);
            List<DataFile> files = LocalLake.write(table, CLUSTER.value(), ONE);
            OverwriteFiles append = LAKE.table(declaration).newOverwrite();
            files.forEach(append::addFile);
            refuseTheNextUpdate();
            assertThatExceptionOfType(CommitFailedException.class).isThrownBy(append::commit);
            assertThat(files).allMatch(FencedAppendTest::exists);
        }

        /** Iceberg cleans up after a conflict, and so takes the manifests from a snapshot that the table has. */
        @Test
        void commitThatHappenedAndIsReportedAsAConflictLeavesATableThatCannotBeRead() {
            retries(0);
            OverwriteFiles append = LostReply.of(LAKE.table(declaration)).newOverwrite();
            LocalLake.write(table, CLUSTER.value(), ONE).forEach(append::addFile);
            assertThatExceptionOfType(CommitFailedException.class).isThrownBy(append::commit);
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(FencedAppendTest.this::times);
        }

        @Test
        void withoutTheConflictFilterRowsDouble() {
            LakePosition both = position();
            for (int run = 0; run < 2; run++) {
                Table theirs = LAKE.table(declaration);
                OverwriteFiles append = theirs.newOverwrite();
                both.snapshotId().ifPresent(append::validateFromSnapshot);
                LocalLake.write(theirs, CLUSTER.value(), ONE).forEach(append::addFile);
                append.commit();
            }
            assertThat(times()).containsExactly(ONE, ONE);
        }

        @Test
        void appendWithABoundFarTooLowAddsButNeverDeletes() {
            append(position(), ONE);
            append(position(), TWO);
            table.refresh();
            OverwriteFiles append = table.newOverwrite()
                    .validateFromSnapshot(table.currentSnapshot().snapshotId())
                    .conflictDetectionFilter(Expressions.alwaysTrue())
                    .validateNoConflictingData();
            LocalLake.write(table, CLUSTER.value(), TWO).forEach(append::addFile);
            append.commit();
            assertThat(times()).containsExactly(ONE, TWO, TWO);
        }

        /** Why Spark's own overwrite is not used: a run that starts from an old bound removes what others wrote. */
        @Test
        void sparksOverwriteWithAStaleBoundMakesRowsVanish() throws Exception {
            append(position(), ONE);
            append(position(), TWO);
            append(position(), THREE);
            var stale = LAKE.spark()
                    .sql("select '" + CLUSTER
                            + "' as cluster_name, cast('2026-11-19 02:00:00' as timestamp_ntz) as log_time, 7 as id");
            stale.writeTo("glue_catalog." + LocalLake.DATABASE + "." + declaration.name())
                    .overwrite(functions
                            .col("cluster_name")
                            .equalTo(CLUSTER.value())
                            .and(functions.expr("log_time > timestamp_ntz '2026-11-19 01:00:00'")));
            assertThat(times())
                    .as("03:00 was in the lake, and nobody meant to remove it")
                    .containsExactly(ONE, TWO);
        }
    }

    private LakePosition position() {
        table.refresh();
        return new ClusterRows(table, CLUSTER).position(Optional.empty());
    }

    /** The files of manifests and lists of them, whether or not the table has them. */
    private List<String> manifests() {
        String[] files =
                new File(URI.create(table.location() + "/metadata")).list((folder, name) -> name.endsWith(".avro"));
        return Stream.of(files).sorted().toList();
    }

    private static void refuseTheNextUpdate() {
        LAKE.endpoint()
                .failNext(
                        "UpdateTable",
                        new AwsError(
                                "ConcurrentModificationException",
                                "Update table failed due to concurrent modifications."),
                        1);
    }

    private void retries(int retries) {
        table.updateProperties()
                .set("commit.retry.num-retries", Integer.toString(retries))
                .commit();
    }

    private AppendResult append(LakePosition base, String... times) {
        return append(base, LocalLake.write(table, CLUSTER.value(), times));
    }

    private AppendResult append(LakePosition base, List<DataFile> files) {
        // each run has a table object of its own
        return new FencedAppend(LAKE.table(declaration), CLUSTER).commit(base, files, Map.of("run_id", "test"));
    }

    private List<String> times() {
        return LocalLake.times(table, CLUSTER.value());
    }

    private static boolean exists(DataFile file) {
        return new File(URI.create(file.location())).exists();
    }

    /** Options of Iceberg's compaction, by their documented names. */
    private interface RewriteDataFilesOptions {
        String MIN_INPUT_FILES = "min-input-files";
        String REWRITE_ALL = "rewrite-all";
    }
}
