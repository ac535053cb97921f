package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.failure.FailureCategory;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a snapshot is taken, and what is said about one that was not. */
class SnapshotExportTest {

    private static final ClusterName CLUSTER = new ClusterName("model");

    private final SnapshotModel history = new SnapshotModel(1);
    private final FakeCluster cluster = history.cluster();
    private final List<String> statements = new ArrayList<>();

    /** So that the first runs are in one hour. */
    @BeforeEach
    void beginAfterTheHour() {
        cluster.clock(cluster.clock().plusMinutes(10));
    }

    private RunSummary run() {
        return run(sql -> {});
    }

    private RunSummary run(FakeCluster.Interference interference) {
        statements.clear();
        return history.export(
                history.state(),
                sql -> {
                    statements.add(sql);
                    interference.at(sql);
                },
                Runnable::run);
    }

    private RunSummary runAfter(long minutes) {
        cluster.clock(cluster.clock().plusMinutes(minutes));
        return run();
    }

    private static FakeCluster.Interference fails(String part, String state) {
        return fails(sql -> sql.startsWith(part), part, state);
    }

    /** Statements for the objects of a database that is not dev. */
    private static FakeCluster.Interference failsToRead(String database, String state) {
        return fails(sql -> sql.startsWith(database + ": ") && sql.contains("from objects"), database, state);
    }

    private static FakeCluster.Interference fails(Predicate<String> which, String by, String state) {
        return sql -> {
            if (which.test(sql)) {
                throw SourceException.ofReply(
                        FailureCategory.PERMISSION,
                        "refused by " + by,
                        state,
                        true,
                        "ERROR: permission denied for relation objects");
            }
        };
    }

    private static TableSummary table(RunSummary run) {
        assertThat(run.tables()).hasSize(1);
        return run.tables().get(0);
    }

    private static RunSummary requireSuccess(RunSummary run) {
        assertThat(run.status()).as(run.toJson()).isEqualTo(RunSummary.Status.SUCCEEDED);
        return run;
    }

    @Test
    void firstRunOfAnHourTakesItAndTheOthersAskTheClusterNothing() {
        TableSummary first = table(requireSuccess(run()));
        assertThat(first.complete()).isTrue();
        assertThat(first.rows()).isOne();
        assertThat(first.windows()).as("snapshots, the empty one included").isEqualTo(2);
        cluster.objects("dev").add(77);
        TableSummary second = table(requireSuccess(runAfter(10)));
        assertThat(second.complete()).isTrue();
        assertThat(second.rows()).isZero();
        assertThat(statements).noneMatch(sql -> sql.contains("objects") || sql.contains("pg_database"));
        assertThat(history.of("dev").values()).containsExactly(Set.of(0));
        requireSuccess(runAfter(60));
        assertThat(history.of("dev").values()).containsExactly(Set.of(0), Set.of(0, 77));
        history.requireEveryRowOnce();
    }

    @Test
    void emptyResultIsATakenSnapshot() {
        run();
        assertThat(history.of("sales")).isEmpty();
        assertThat(history.notes())
                .filteredOn(note -> note.database().equals("sales"))
                .containsExactly(new SnapshotModel.Note("sales", cluster.clock().minusMinutes(2), 0L, null));
    }

    @Test
    void databaseThatRefusesIsRefusedWithItsGrantStopsNoOtherAndIsTriedAgain() {
        RunSummary refused = requireSuccess(run(failsToRead("sales", "42501")));
        String reason =
                "database sales: the user may not read it (ERROR: permission denied for relation objects): expected"
                        + " that a superuser runs GRANT SELECT ON objects TO \"exporter\"; it is run in this database";
        assertThat(table(refused).unavailable()).contains(new Unavailable(Unavailable.State.REFUSED, reason));
        assertThat(table(refused).complete()).as("dev is complete").isTrue();
        assertThat(history.of("dev")).hasSize(1);
        assertThat(history.notes()).extracting(SnapshotModel.Note::database).containsExactlyInAnyOrder("dev", "sales");
        assertThat(history.state().snapshot(CLUSTER, SnapshotModel.NAME)).hasValueSatisfying(state -> {
            assertThat(state.taken()).isOne();
            assertThat(state.missing()).containsExactly(reason);
        });
        assertThat(history.state().exports(CLUSTER).refused()).containsEntry(SnapshotModel.NAME, reason);
        cluster.clock(cluster.clock().plusMinutes(10));
        requireSuccess(run(failsToRead("sales", "42501")));
        assertThat(history.notes()).as("a failure is noted once per period").hasSize(2);
        assertThat(statements)
                .as("dev is taken")
                .noneMatch(sql -> sql.contains("from objects") && !sql.startsWith("sales"));
        TableSummary later = table(requireSuccess(runAfter(10)));
        assertThat(later.complete()).isTrue();
        assertThat(later.unavailable()).isEmpty();
        assertThat(history.state().snapshot(CLUSTER, SnapshotModel.NAME))
                .hasValueSatisfying(state -> assertThat(state.missing()).isEmpty());
        assertThat(history.state().exports(CLUSTER).refused()).isEmpty();
        history.requireEveryRowOnce();
    }

    @Test
    void databaseThatCannotBeConnectedToIsRefused() {
        for (String state : List.of("42501", "28000", "3D000")) {
            RunSummary refused = requireSuccess(run(fails("connect to sales", state)));
            assertThat(table(refused).unavailable().orElseThrow().reason())
                    .startsWith("database sales: the user cannot connect to it");
        }
    }

    @Test
    void runFailsIfEachDatabaseRefuses() {
        RunSummary refused = run(fails("connect to", "42501"));
        assertThat(refused.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(refused.error().orElseThrow()).contains("none of the selected exports can be read", "database dev");
        requireSuccess(runAfter(10));
        history.requireEveryRowOnce();
    }

    @Test
    void databaseThatRefusesAfterItWasReadFailsTheTable() {
        cluster.objects("sales").add(5);
        requireSuccess(run());
        cluster.clock(cluster.clock().plusMinutes(60));
        RunSummary failed = run(failsToRead("sales", "42501"));
        assertThat(failed.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(table(failed).unavailable()).isEmpty();
        assertThat(table(failed).error()).contains("database sales: refused by sales");
        assertThat(history.of("dev")).as("dev goes on").hasSize(2);
    }

    @Test
    void relationThatSomeDatabasesDoNotHaveIsNotMissed() {
        TableSummary some = table(requireSuccess(run(failsToRead("sales", "42P01"))));
        assertThat(some.complete()).isTrue();
        assertThat(some.unavailable()).isEmpty();
        assertThat(some.notes()).singleElement().asString().startsWith("database sales: the source does not have it");
        requireSuccess(runAfter(10));
        assertThat(statements).as("done for this hour").noneMatch(sql -> sql.contains("from objects"));
        requireSuccess(runAfter(60));
        history.requireEveryRowOnce();
    }

    @Test
    void relationThatNoDatabaseHasIsAbsent() {
        RunSummary absent = run(fails(sql -> sql.contains("from objects"), "all", "42P01"));
        assertThat(table(absent).unavailable().orElseThrow().state()).isEqualTo(Unavailable.State.ABSENT);
        assertThat(history.state().exports(CLUSTER).absent()).containsOnlyKeys(SnapshotModel.NAME);
    }

    @Test
    void otherFailureOfADatabaseFailsTheTable() {
        RunSummary failed = run(fails("connect to sales", "08001"));
        assertThat(failed.status()).isEqualTo(RunSummary.Status.FAILED);
        assertThat(table(failed).error()).contains("database sales: refused by connect to sales");
        assertThat(history.of("dev")).hasSize(1);
        requireSuccess(runAfter(10));
        history.requireEveryRowOnce();
    }

    @Test
    void failedListOfDatabasesFailsTheTableAndIsAskedAgain() {
        assertThat(run(fails("select cast(datname", "57014")).status()).isEqualTo(RunSummary.Status.FAILED);
        requireSuccess(runAfter(10));
        history.requireEveryRowOnce();
    }

    @Test
    void missedPeriodsAreSaidOnce() {
        run();
        cluster.objects("sales").add(5);
        assertThat(table(requireSuccess(runAfter(60))).notes()).isEmpty();
        LocalDateTime back = cluster.clock().minusMinutes(2).plusMinutes(180);
        assertThat(table(requireSuccess(runAfter(180))).notes())
                .containsExactly(
                        "database dev: no snapshot was taken in 2 periods of PT1H before " + back,
                        "database sales: no snapshot was taken in 2 periods of PT1H before " + back);
        assertThat(table(requireSuccess(runAfter(60))).notes()).isEmpty();
    }

    @Test
    void userThatSeesLessIsNoMassDrop() {
        IntStream.range(100, 120).forEach(cluster.objects("dev")::add);
        run();
        cluster.objects("dev").clear();
        cluster.objects("dev").add(100);
        assertThat(table(requireSuccess(runAfter(60))).notes())
                .singleElement()
                .asString()
                .contains("database dev: 1 rows, fewer than half of the 21 of the last complete snapshot");
        assertThat(table(requireSuccess(runAfter(60))).notes())
                .as("said for each snapshot")
                .hasSize(1);
        IntStream.range(200, 220).forEach(cluster.objects("dev")::add);
        assertThat(table(requireSuccess(runAfter(60))).notes()).isEmpty();
        assertThat(history.notes())
                .filteredOn(note -> note.database().equals("dev"))
                .extracting(note -> note.rows() + (note.reason() == null ? "" : "?"))
                .containsExactlyInAnyOrder("21", "1?", "1?", "21");
    }

    @Test
    void objectsThatAreDroppedOneByOneAreDropped() {
        IntStream.range(100, 120).forEach(cluster.objects("dev")::add);
        run();
        cluster.objects("dev").remove(100);
        assertThat(table(requireSuccess(runAfter(60))).notes()).isEmpty();
        assertThat(history.notes()).allSatisfy(note -> assertThat(note.reason()).isNull());
    }

    @Test
    void snapshotOfALakeThatWasRolledBackIsTakenAgain() {
        run();
        Table table = history.table(SnapshotModel.NAME).orElseThrow();
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        requireSuccess(runAfter(10));
        history.requireEveryRowOnce();
    }

    @Test
    void snapshotIsNotTakenForATimeBeforeAnotherOne() {
        LocalDateTime earlier = cluster.clock();
        requireSuccess(runAfter(60));
        cluster.clock(earlier);
        TableSummary late = table(requireSuccess(run()));
        assertThat(late.notes()).hasSize(2).allSatisfy(note -> assertThat(note).contains("the lake has one of"));
        assertThat(history.of("dev")).hasSize(1);
    }

    @Test
    void rowOfAnotherDatabaseIsRefused() {
        cluster.answerAs("sales");
        RunSummary wrong = run();
        assertThat(table(wrong).error().orElseThrow())
                .contains("the query gave a row with database_name sales: expected dev, the database that was asked");
        assertThat(history.of("sales")).isEmpty();
    }
}
