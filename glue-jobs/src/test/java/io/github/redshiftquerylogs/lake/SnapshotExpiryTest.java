package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old snapshots go, with the files that nothing else has; rows stay, also those of a lake that was rolled back. */
class SnapshotExpiryTest {

    private static final ClusterName CLUSTER = new ClusterName("a");
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final int APPENDS = 60;

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "memory://lake");
    private final ExportDeclaration export = LocalLake.declaration();

    @BeforeEach
    void manyAppends() {
        lake.createDatabase();
        lake.open(export, CLUSTER);
        for (int i = 0; i < APPENDS; i++) {
            append(DAY.atStartOfDay().plusMinutes(i));
        }
    }

    private void append(LocalDateTime time) {
        Table table = table();
        assertThat(new FencedAppend(table, CLUSTER)
                        .commit(
                                new ClusterRows(table, CLUSTER).position(Optional.empty()),
                                LocalLake.write(table, CLUSTER.value(), time.toString()),
                                Map.of()))
                .isInstanceOf(AppendResult.Committed.class);
    }

    private Table table() {
        return catalog.loadTable(TableIdentifier.of("db", export.name()));
    }

    private void compact() {
        LakeTable table = lake.open(export, CLUSTER);
        DayRows rows = table.day(table.position(Optional.empty()), DAY);
        assertThat(table.compact(DAY, rows, new PlainRewriter(), Map.of()))
                .isInstanceOf(CompactionResult.Compacted.class);
    }

    private int expire(Duration later) {
        return lake.expireSnapshots(export.name(), Instant.now().plus(later));
    }

    private List<Long> snapshots() {
        List<Long> ids = new ArrayList<>();
        table().snapshots().forEach(snapshot -> ids.add(snapshot.snapshotId()));
        return ids;
    }

    /** All files of all snapshots. */
    private Set<String> files() {
        Table table = table();
        Set<String> files = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            files.add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).stream().map(ManifestFile::path).forEach(files::add);
            snapshot.addedDataFiles(table.io()).forEach(file -> files.add(file.location()));
        }
        return files;
    }

    private long existing(Set<String> files) {
        Table table = table();
        return files.stream()
                .filter(file -> {
                    try {
                        return table.io().newInputFile(file).exists();
                    } catch (NotFoundException e) {
                        return false;
                    }
                })
                .count();
    }

    @Test
    void nothingExpiresWithinADayAndFiftySnapshotsAlwaysStay() {
        compact();
        Set<String> before = files();
        assertThat(expire(Duration.ofHours(23))).isZero();
        assertThat(snapshots()).hasSize(APPENDS + 1);

        assertThat(expire(Duration.ofHours(25))).isEqualTo(APPENDS + 1 - 50);
        assertThat(snapshots()).hasSize(50);
        assertThat(TestingLake.rows(table())).hasSize(APPENDS);
        assertThat(existing(files())).as("of what is left, all").isEqualTo(files().size());
        before.removeAll(files());
        assertThat(existing(before))
                .as("data files of appends that the kept ones have")
                .isLessThan(before.size());

        assertThat(expire(Duration.ofHours(25))).as("once more").isZero();
        assertThat(lake.expireSnapshots("no_such_table", Instant.now())).isZero();
    }

    @Test
    void aCompactedDayLosesItsOldFilesOnlyWhenNoSnapshotHasThem() {
        compact();
        for (int i = 0; i < 55; i++) {
            append(DAY.plusDays(1).atStartOfDay().plusMinutes(i));
        }
        Set<String> before = files();
        assertThat(expire(Duration.ofHours(25))).isEqualTo(APPENDS + 1 + 55 - 50);
        assertThat(TestingLake.rows(table())).hasSize(APPENDS + 55);
        before.removeAll(files());
        assertThat(existing(before))
                .as("the files of the day before, the file of the day itself and five appends stay as data only")
                .isEqualTo(1 + 5);
    }

    /** The files of the appends are live again, and those of the rewrite and of what followed are not. */
    @Test
    void aLakeThatWasRolledBackBehindACompactionKeepsItsRows() {
        long appended = table().currentSnapshot().snapshotId();
        compact();
        append(DAY.plusDays(1).atTime(1, 0));
        table().manageSnapshots().rollbackTo(appended).commit();
        append(DAY.plusDays(1).atTime(2, 0));

        assertThat(expire(Duration.ofHours(25))).isEqualTo(APPENDS + 3 - 50);
        assertThat(LocalLake.times(table(), "a")).hasSize(APPENDS + 1).contains("2026-11-20T02:00");
        assertThat(existing(files())).isEqualTo(files().size());
        append(DAY.plusDays(1).atTime(3, 0));
        assertThat(TestingLake.rows(table())).hasSize(APPENDS + 2);
    }

    @Test
    void aLostReplyOfTheExpiryCostsNothingLive() {
        compact();
        Table silent = LostReply.of(table(), commit -> {
            commit.run();
            throw new CommitFailedException("a conflict, as it seems");
        });
        SnapshotExpiry.expire(silent, Instant.now().plus(Duration.ofHours(25)));
        assertThat(TestingLake.rows(table())).hasSize(APPENDS);
        assertThat(existing(files())).isEqualTo(files().size());
        append(DAY.plusDays(1).atTime(1, 0));
    }
}
