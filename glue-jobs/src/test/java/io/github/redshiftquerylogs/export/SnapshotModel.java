package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.lake.FaultyCatalog;
import io.github.redshiftquerylogs.lake.TestingLake;
import io.github.redshiftquerylogs.redshift.FakeCluster;
import io.github.redshiftquerylogs.watermark.ExportState;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** A history of a cluster whose objects are exported by a snapshot per hour, of each of its two databases. */
final class SnapshotModel extends ModelHistory {

    static final String NAME = "objects";

    private static final Duration SETTLE = Duration.ofMinutes(2);
    private static final ExportDeclaration EXPORT =
            Declarations.parse("""
            name: %s
            kind: snapshot
            set: core
            every: 1 hour
            databases: all
            key: [database_name, id]
            sql: %s
            columns: [{name: database_name, type: string}, {name: id, type: integer}]
            """.formatted(NAME, FakeCluster.OBJECTS), "model");
    private static final SnapshotRule RULE = EXPORT.snapshot().orElseThrow();

    /** A snapshot of a database. */
    record Key(String database, LocalDateTime takenAt) {}

    /** A row of {@code snapshots_taken}. */
    record Note(
            String database,
            @Nullable LocalDateTime takenAt,
            @Nullable Long rows,
            @Nullable String reason) {}

    /** What the cluster had at each moment at which a run began. */
    private final Map<Key, Set<Set<Integer>>> shown = new HashMap<>();

    private int objects;

    SnapshotModel(long seed) {
        super(seed, EXPORT);
        cluster().objects("dev").add(objects++);
        cluster().objects("sales");
    }

    @Override
    void changeSource() {
        Random random = random();
        Set<Integer> some = cluster().objects(random.nextBoolean() ? "dev" : "sales");
        if (random.nextInt(3) == 0) {
            some.clear();
        } else {
            some.add(objects++);
        }
        cluster().clock(cluster().clock().plusMinutes(1));
        tell("objects up to " + objects);
    }

    @Override
    RunSummary export(ExportState through, FakeCluster.Interference statements, FaultyCatalog.Disturbance commits) {
        for (String database : List.of("dev", "sales")) {
            shown.computeIfAbsent(new Key(database, cluster().clock().minus(SETTLE)), key -> new HashSet<>())
                    .add(new TreeSet<>(cluster().objects(database)));
        }
        return super.export(through, statements, commits);
    }

    /** The ids of the lake's rows, doubles included, by snapshot. */
    Map<Key, List<Integer>> snapshots() {
        Map<Key, List<Integer>> snapshots = new HashMap<>();
        for (Record row : rowsOf(NAME)) {
            snapshots.merge(
                    new Key((String) row.getField("database_name"), (LocalDateTime) row.getField("log_time")),
                    List.of((Integer) row.getField("id")),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
        }
        return snapshots;
    }

    /** The notes of the databases' snapshots. */
    List<Note> notes() {
        return rowsOf("snapshots_taken").stream()
                .filter(row -> row.getField("database_name") != null)
                .map(row -> new Note(
                        (String) row.getField("database_name"),
                        (LocalDateTime) row.getField("taken_at"),
                        (Long) row.getField("row_count"),
                        (String) row.getField("reason")))
                .toList();
    }

    /** Snapshots are not counted. */
    @Override
    void requireCounts() {
        assertThat(counts()).as(toString()).isEmpty();
    }

    private List<Record> rowsOf(String name) {
        return table(name).map(TestingLake::rows).orElse(List.of());
    }

    @Override
    void requireEveryRowOnce() {
        Map<Key, List<Integer>> snapshots = snapshots();
        snapshots.forEach((key, ids) -> {
            assertThat(ids).as("%s of %s", key, this).doesNotHaveDuplicates();
            assertThat(shown.get(key)).as("%s of %s", key, this).contains(new TreeSet<>(ids));
            assertThat(notes())
                    .as("notes of %s of %s", key, this)
                    .filteredOn(note -> note.database().equals(key.database())
                            && key.takenAt().equals(note.takenAt()))
                    .extracting(Note::rows)
                    .containsExactly((long) ids.size());
        });
        Map<List<Object>, Long> byPeriod = snapshots.keySet().stream()
                .collect(Collectors.groupingBy(
                        key -> List.of(key.database(), RULE.periodOf(key.takenAt())), Collectors.counting()));
        assertThat(byPeriod.values()).as(toString()).allMatch(number -> number == 1);
        SnapshotRule.Period now = RULE.periodOf(cluster().clock().minus(SETTLE));
        Set<String> taken = new TreeSet<>();
        snapshots.keySet().stream()
                .filter(key -> now.contains(key.takenAt()))
                .forEach(key -> taken.add(key.database()));
        notes().stream()
                .filter(note ->
                        note.takenAt() != null && now.contains(note.takenAt()) && Objects.equals(note.rows(), 0L))
                .forEach(note -> taken.add(note.database()));
        assertThat(taken).as(toString()).containsExactly("dev", "sales");
    }

    /** Snapshots by the time at which they were taken. */
    SortedMap<LocalDateTime, Set<Integer>> of(String database) {
        TreeMap<LocalDateTime, Set<Integer>> taken = new TreeMap<>();
        snapshots().forEach((key, ids) -> {
            if (key.database().equals(database)) {
                taken.put(key.takenAt(), new TreeSet<>(ids));
            }
        });
        return taken;
    }
}
