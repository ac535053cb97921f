package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.lake.ClusterMetadata;
import io.github.redshiftquerylogs.selection.DefaultExports;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@link ExportState} in memory, as strict as the real one: {@code ExportStateContract} runs over both. */
public class InMemoryExportState implements ExportState {

    private final Map<String, TableState> tables = new HashMap<>();
    private final Map<String, ClosedDay> closed = new HashMap<>();
    private final Map<String, LocalDateTime> claims = new HashMap<>();
    private final Map<String, SealState> seals = new HashMap<>();
    private final Map<String, CompactionState> compactions = new HashMap<>();
    private final Map<String, LocalDate> expired = new HashMap<>();
    private final Map<String, SnapshotState> snapshots = new HashMap<>();
    private final Map<String, Gap> gaps = new HashMap<>();
    private final Map<ClusterName, ClusterExports> exports = new HashMap<>();
    private final Map<ClusterName, ClusterMetadata> descriptions = new HashMap<>();

    @Override
    public synchronized TableState load(ClusterName cluster, String table) {
        return tables.getOrDefault(cluster + "/" + table, TableState.NOTHING);
    }

    @Override
    public synchronized Optional<ClusterMetadata> description(ClusterName cluster) {
        return Optional.ofNullable(descriptions.get(cluster));
    }

    /** What the orchestrator does. */
    public synchronized void describe(ClusterName cluster, ClusterMetadata description) {
        descriptions.put(cluster, description);
    }

    @Override
    public synchronized ClusterExports exports(ClusterName cluster) {
        return exports.getOrDefault(cluster, ClusterExports.NOTHING);
    }

    @Override
    public synchronized DefaultExports decide(ClusterName cluster, DefaultExports decision) {
        ClusterExports stored = exports(cluster);
        if (stored.byDefault().isEmpty()) {
            exports.put(cluster, stored.decided(decision));
        }
        return stored.byDefault().orElse(decision);
    }

    @Override
    public synchronized void record(ClusterName cluster, ClusterExports next) {
        ClusterExports stored = exports(cluster);
        exports.put(
                cluster,
                new ClusterExports(
                        stored.byDefault(),
                        next.selected(),
                        next.snapshots(),
                        next.refused(),
                        next.absent(),
                        List.of()));
    }

    @Override
    public synchronized void begin(ClusterName cluster, String table, TableState.Attempt attempt) {
        TableState stored = load(cluster, table);
        tables.put(
                cluster + "/" + table,
                new TableState(
                        stored.watermark(),
                        stored.windowLength(),
                        Optional.of(attempt),
                        stored.empty(),
                        stored.backfill(),
                        stored.revision(),
                        stored.lost()));
    }

    @Override
    public synchronized boolean advance(
            ClusterName cluster, String table, TableState before, Watermark next, Duration windowLength) {
        TableState stored = load(cluster, table);
        if (stored.revision() != before.revision()) {
            return false;
        }
        tables.put(
                cluster + "/" + table,
                new TableState(
                        Optional.of(next),
                        Optional.of(windowLength),
                        Optional.empty(),
                        Optional.empty(),
                        stored.backfill(),
                        before.revision() + 1,
                        List.of()));
        return true;
    }

    @Override
    public synchronized boolean await(
            ClusterName cluster, String table, TableState before, TableState.EmptyAnswer answer) {
        TableState stored = load(cluster, table);
        if (stored.revision() != before.revision()) {
            return false;
        }
        tables.put(
                cluster + "/" + table,
                new TableState(
                        stored.watermark(),
                        stored.windowLength(),
                        Optional.empty(),
                        Optional.of(answer),
                        stored.backfill(),
                        stored.revision(),
                        stored.lost()));
        return true;
    }

    @Override
    public synchronized void recordBackfill(ClusterName cluster, String table, Optional<Backfill> backfill) {
        replace(
                cluster,
                table,
                stored -> new TableState(
                        stored.watermark(),
                        stored.windowLength(),
                        stored.attempt(),
                        stored.empty(),
                        backfill,
                        stored.revision(),
                        stored.lost()));
    }

    @Override
    public synchronized void recordSnapshot(ClusterName cluster, String table, SnapshotState state) {
        snapshots.put(cluster + "/" + table, state);
    }

    /** What the last run that had something to do has stored for a snapshot export. */
    public synchronized Optional<SnapshotState> snapshot(ClusterName cluster, String table) {
        return Optional.ofNullable(snapshots.get(cluster + "/" + table));
    }

    @Override
    public synchronized void recordGap(ClusterName cluster, String table, String runId, Gap gap) {
        gaps.put(cluster + "/" + table + "/" + gap.from(), gap);
    }

    @Override
    public synchronized Optional<LocalDate> closedDay(ClusterName cluster, String table) {
        return closed(cluster, table).map(ClosedDay::day);
    }

    /** What was stored by {@link #closeDay}. */
    public synchronized Optional<ClosedDay> closed(ClusterName cluster, String table) {
        return Optional.ofNullable(closed.get(cluster + "/" + table));
    }

    @Override
    public synchronized boolean claimCount(
            ClusterName cluster, String table, String runId, LocalDateTime now, Duration length) {
        return claimed(cluster + "/" + table, now, length);
    }

    @Override
    public synchronized void closeDay(ClusterName cluster, String table, ClosedDay day, LocalDateTime now) {
        closed.put(cluster + "/" + table, day);
        claims.remove(cluster + "/" + table);
    }

    @Override
    public synchronized SealState seals(ClusterName cluster) {
        return seals.getOrDefault(cluster.value(), SealState.NOTHING);
    }

    @Override
    public synchronized boolean claimSealing(ClusterName cluster, String runId, LocalDateTime now, Duration length) {
        return claimed("seal/" + cluster, now, length);
    }

    @Override
    public synchronized void beginSealing(ClusterName cluster, SealState.Attempt attempt) {
        seals.put(cluster.value(), new SealState(seals(cluster).through(), Optional.of(attempt)));
    }

    @Override
    public synchronized void closeSealing(ClusterName cluster, LocalDate through, String head, LocalDateTime now) {
        seals.put(cluster.value(), new SealState(Optional.of(through), Optional.empty()));
        claims.remove("seal/" + cluster);
    }

    @Override
    public synchronized CompactionState compaction(ClusterName cluster) {
        return compactions.getOrDefault(cluster.value(), CompactionState.NOTHING);
    }

    @Override
    public synchronized void beginCompaction(ClusterName cluster, SealState.Attempt attempt) {
        compactions.put(cluster.value(), new CompactionState(compaction(cluster).through(), Optional.of(attempt)));
    }

    @Override
    public synchronized void closeCompaction(ClusterName cluster, LocalDate through, LocalDateTime now) {
        compactions.put(cluster.value(), new CompactionState(Optional.of(through), Optional.empty()));
    }

    @Override
    public synchronized boolean claimExpiry(String table, String runId, LocalDate day) {
        return !day.equals(expired.put(table, day));
    }

    private boolean claimed(String what, LocalDateTime now, Duration length) {
        LocalDateTime until = claims.get(what);
        if (until != null && until.isAfter(now)) {
            return false;
        }
        claims.put(what, now.plus(length));
        return true;
    }

    public synchronized List<Gap> gaps() {
        return List.copyOf(gaps.values());
    }

    /** What a state table that somebody changed looks like. */
    public synchronized void replace(ClusterName cluster, String table, UnaryOperator<TableState> change) {
        tables.put(cluster + "/" + table, change.apply(load(cluster, table)));
    }

    /** What an earlier release leaves, which did not store exports. */
    public synchronized void forgetExports() {
        exports.clear();
    }

    /** What losing the DynamoDB table looks like. */
    public synchronized void clear() {
        tables.clear();
        closed.clear();
        claims.clear();
        seals.clear();
        compactions.clear();
        expired.clear();
        gaps.clear();
        exports.clear();
        snapshots.clear();
        descriptions.clear();
    }
}
