package io.github.redshiftquerylogs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.DateTimeUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the metadata of a table costs after a month of ticks: each tick of each cluster appends, each day is compacted when it is
 * over, and snapshots expire once a day. The data files are empty: no commit looks into them. A commit waits for Iceberg's threads
 * in steps of ten milliseconds, so the tests run side by side, and the month takes more than an hour.
 */
@Execution(ExecutionMode.CONCURRENT)
class MonthOfTicksTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-11-01");
    private static final List<ClusterName> CLUSTERS = IntStream.range(0, 5)
            .mapToObj(number -> new ClusterName("cluster-" + number))
            .toList();

    private final FaultyCatalog catalog = new FaultyCatalog();
    private final Lake lake = new Lake(catalog, "db", "memory://lake");
    private final ExportDeclaration export = LocalLake.declaration();

    /** The state of the table at the end of a day. */
    private record Cost(int snapshots, int manifests, int files, long metadataBytes, double commitMillis) {

        @Override
        public String toString() {
            return snapshots + " snapshots, " + manifests + " manifests, " + files + " files, metadata of "
                    + metadataBytes + " bytes, " + "%.1f".formatted(commitMillis) + " ms a commit";
        }
    }

    @Test
    void metadataStaysBounded() {
        List<Cost> days = play(10, 3, true);
        print(10, days);
        requireBounded(10, days);
    }

    /** The control: the history of a table grows with each commit, and each commit writes all of it. */
    @Test
    void withoutExpiryMetadataGrows() {
        List<Cost> days = play(10, 3, false);
        assertThat(days.get(2).snapshots()).isEqualTo(3 * (10 * CLUSTERS.size() + CLUSTERS.size()));
        assertThat(days.get(2).metadataBytes()).isGreaterThan(2 * days.get(0).metadataBytes());
    }

    @Tag("long")
    @Test
    void metadataStaysBoundedForAMonthOfFiveMinutes() {
        List<Cost> days = play(288, 30, true);
        print(288, days);
        requireBounded(288, days);
    }

    private static void print(int ticks, List<Cost> days) {
        System.out.println(CLUSTERS.size() + " clusters, " + ticks + " ticks a day:");
        for (int day : new int[] {0, 1, days.size() - 1}) {
            System.out.println("  after day " + (day + 1) + ": " + days.get(day));
        }
    }

    private static void requireBounded(int ticks, List<Cost> days) {
        Cost second = days.get(1);
        Cost last = days.get(days.size() - 1);
        assertThat(last.snapshots()).isLessThanOrEqualTo(Math.max(50, (ticks + 1) * CLUSTERS.size()));
        assertThat(last.metadataBytes()).isLessThan(2 * second.metadataBytes());
        assertThat(last.manifests()).isLessThan(150);
        assertThat(last.files()).isEqualTo(days.size() * CLUSTERS.size());
        assertThat(last.commitMillis()).isLessThan(20 * second.commitMillis() + 100);
    }

    private List<Cost> play(int ticks, int days, boolean expires) {
        lake.createDatabase();
        List<Cost> costs = new ArrayList<>();
        for (int number = 0; number < days; number++) {
            Instant begin = Instant.now();
            LocalDate day = FIRST.plusDays(number);
            for (int tick = 0; tick < ticks; tick++) {
                for (ClusterName cluster : CLUSTERS) {
                    append(
                            cluster,
                            day.atStartOfDay()
                                    .plus(Duration.ofDays(1).dividedBy(ticks).multipliedBy(tick)));
                }
            }
            double millis = Duration.between(begin, Instant.now()).toNanos() / 1e6 / ticks / CLUSTERS.size();
            CLUSTERS.forEach(cluster -> compact(cluster, day));
            if (expires) {
                // the day took less in truth: what it has committed is younger than a day
                lake.expireSnapshots(export.name(), begin.plus(Duration.ofDays(1)));
            }
            costs.add(cost(millis));
        }
        return costs;
    }

    private void append(ClusterName cluster, LocalDateTime time) {
        Table table = lake.open(TableDefinition.of(export));
        LakePosition base = new ClusterRows(table, cluster).position(Optional.of(time.minusHours(1)));
        assertThat(new FencedAppend(table, cluster).commit(base, List.of(file(table, cluster, time, time)), Map.of()))
                .isInstanceOf(AppendResult.Committed.class);
    }

    private void compact(ClusterName cluster, LocalDate day) {
        Table table = table();
        List<DataFile> files = new ClusterRows(table, cluster)
                .files(
                        table.currentSnapshot().snapshotId(),
                        new ClusterRows(table, cluster)
                                .between(day.atStartOfDay(), day.plusDays(1).atStartOfDay()));
        RewriteFiles rewrite =
                table.newRewrite().validateFromSnapshot(table.currentSnapshot().snapshotId());
        files.forEach(rewrite::deleteFile);
        rewrite.addFile(file(table, cluster, day.atStartOfDay(), day.atTime(23, 59)));
        rewrite.commit();
    }

    private static DataFile file(Table table, ClusterName cluster, LocalDateTime first, LocalDateTime last) {
        String partition = "cluster_name=" + cluster + "/log_time_day=" + first.toLocalDate();
        String path = table.location() + "/data/" + partition + "/" + UUID.randomUUID() + ".parquet";
        try {
            table.io().newOutputFile(path).create().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int column = table.schema().findField(LakeColumns.LOG_TIME).fieldId();
        return DataFiles.builder(table.spec())
                .withPath(path)
                .withFileSizeInBytes(100_000)
                .withPartitionPath(partition)
                .withMetrics(new Metrics(
                        100L,
                        Map.of(),
                        Map.of(column, 100L),
                        Map.of(column, 0L),
                        Map.of(),
                        Map.of(column, bound(first)),
                        Map.of(column, bound(last))))
                .build();
    }

    private static ByteBuffer bound(LocalDateTime time) {
        return Conversions.toByteBuffer(Types.TimestampType.withoutZone(), DateTimeUtil.microsFromTimestamp(time));
    }

    private Table table() {
        return catalog.loadTable(TableIdentifier.of("db", export.name()));
    }

    private Cost cost(double millis) {
        Table table = table();
        int snapshots = 0;
        for (var ignored : table.snapshots()) {
            snapshots++;
        }
        String metadata = ((HasTableOperations) table).operations().current().metadataFileLocation();
        return new Cost(
                snapshots,
                table.currentSnapshot().allManifests(table.io()).size(),
                Integer.parseInt(table.currentSnapshot().summary().get("total-data-files")),
                table.io().newInputFile(metadata).getLength(),
                millis);
    }
}
