package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lake table, for the export of one cluster. */
public final class LakeTable {

    private static final Logger LOG = LoggerFactory.getLogger(LakeTable.class);
    private static final int SCHEMA_ATTEMPTS = 10;
    /** Rows of both sides that are compared at a time: some hundred MB. */
    private static final long ROWS_OF_A_PART = 400_000;

    private final Table table;
    private final ClusterName cluster;
    private final ExportDeclaration declaration;
    private final FencedAppend append;
    /** Whether it is as the catalog has just loaded it. */
    private boolean loaded = true;

    LakeTable(Table table, ClusterName cluster, ExportDeclaration declaration) {
        this.table = table;
        this.cluster = cluster;
        this.declaration = declaration;
        this.append = new FencedAppend(table, cluster);
    }

    /**
     * The position of the cluster in the latest snapshot; the first time in that with which the table was opened.
     *
     * @param hint a time that the cluster has probably reached
     */
    public LakePosition position(Optional<LocalDateTime> hint) {
        if (!loaded) {
            table.refresh();
        }
        loaded = false;
        return new ClusterRows(table, cluster).position(hint);
    }

    /**
     * Adds and widens columns so that the columns of a source fit into the table, as it was when it was last refreshed.
     * A change that is refused because of a concurrent one is planned again.
     *
     * @return notes that a user should know
     * @throws io.github.redshiftquerylogs.failure.SourceException if a column occurs twice or has the name of one of
     *     the lake's own columns
     */
    public List<String> adapt(List<SourceColumn> source) {
        Set<String> notes = new LinkedHashSet<>();
        for (int attempt = 1; ; attempt++) {
            SchemaChange change = SchemaChange.plan(LakeColumns.columns(table.schema()), source, declaration);
            if (change.isNone()) {
                notes.addAll(change.notes());
                return List.copyOf(notes);
            }
            try {
                UpdateSchema update = table.updateSchema();
                change.added().forEach(added -> update.addColumn(added.name(), LakeColumns.icebergType(added.type())));
                change.widened()
                        .forEach(wide -> update.updateColumn(wide.name(), LakeColumns.icebergType(wide.type())));
                update.commit();
                // what was changed is said once: the next plan does not know it any more
                notes.addAll(change.notes());
            } catch (CommitFailedException | ValidationException e) {
                if (attempt == SCHEMA_ATTEMPTS) {
                    throw e;
                }
                LOG.warn(
                        "{}: the new columns of {} were refused, trying again: {}",
                        cluster,
                        table.name(),
                        e.getMessage());
                table.refresh();
            }
        }
    }

    /**
     * The numbers of rows of the cluster on a day, as of now, by hour of {@code log_time}.
     *
     * @param day the day, UTC
     * @return 24 numbers, from hour 0
     */
    public List<Long> rowsByHour(LocalDate day) {
        return RowsByTime.byHour(table, cluster, day);
    }

    /**
     * The rows of the cluster, as of now, of each day of {@code log_time} that has some.
     *
     * @param first the first day, UTC
     */
    public SortedMap<LocalDate, RowsOfTime> rowsByDay(LocalDate first) {
        return RowsByTime.byDay(table, cluster, first);
    }

    /**
     * What the lake has of a day: its rows are read.
     *
     * @param base the position in the snapshot to read
     * @param day the day, UTC
     */
    public DayRows day(LakePosition base, LocalDate day) {
        return new DayContent(table, cluster, declaration).of(base, day);
    }

    /** The files of each day of the cluster that has some, as of now. */
    public SortedMap<LocalDate, DayFiles> filesByDay() {
        return new DayCompaction(table, cluster, declaration).filesByDay();
    }

    /**
     * Replaces the files of a day by few sorted ones, in the latest snapshot. The rows stay: the new files are read before
     * they are committed.
     *
     * @param day the day, UTC
     * @param sealed the rows that the day must have
     * @param evidence properties of the new snapshot
     * @throws RuntimeException if the rewrite failed; nothing is committed
     */
    public CompactionResult compact(
            LocalDate day, DayRows sealed, PartitionRewriter rewriter, Map<String, String> evidence) {
        return new DayCompaction(table, cluster, declaration).compact(day, sealed, rewriter, evidence);
    }

    /**
     * The rows of a past window that the lake does not have, in new files.
     *
     * @param base the position in the snapshot to compare with
     * @param window the window, within a day
     * @param shown the rows of the source, in files that no commit will contain
     */
    public LateRows missing(LakePosition base, Window window, WrittenFiles shown) {
        return new MissingRows(table, cluster, declaration, ROWS_OF_A_PART).of(base, window, shown);
    }

    /**
     * Appends rows of a past day unless rows of this cluster and day were appended since {@code base}.
     *
     * @param base the position when it was decided which rows are missing
     * @param day the day of all rows, UTC
     */
    public AppendResult appendLate(
            LakePosition base, LocalDate day, WrittenFiles written, Map<String, String> evidence) {
        return append.commit(
                base.snapshotId(),
                new ClusterRows(table, cluster)
                        .between(day.atStartOfDay(), day.plusDays(1).atStartOfDay()),
                written.files(),
                evidence);
    }

    /** A copy of the table, as of now, that writes data files of the cluster. */
    public LakeWriter writer() {
        return LakeWriter.of(table, cluster);
    }

    /** Reads and writes files in the storage of the table. */
    public FileIO io() {
        return table.io();
    }

    /** Deletes files that no commit will contain. A failure is logged only. */
    public void discard(List<WrittenFiles> written) {
        append.discard(written.stream().flatMap(files -> files.files().stream()).toList());
    }

    /**
     * Leaves out rows that the lake has already, under an earlier run of their query id or in an earlier state. Files that
     * are no longer needed are deleted.
     *
     * @param base the position when the window was chosen
     */
    public NewRows withoutRepeated(LakePosition base, WrittenFiles written) {
        NewRows rows = declaration
                .repeats()
                .map(repeats -> new RepeatedRows(table, cluster, repeats).of(base, written))
                .orElseGet(() -> NewRows.all(written));
        if (rows.repeatedIds() > 0) {
            discard(List.of(written));
        }
        return rows;
    }

    /**
     * The snapshots of the cluster in the table.
     *
     * @param database of which database; empty if the export is not taken per database
     */
    public LakeSnapshots snapshots(Optional<String> database) {
        return new LakeSnapshots(table, cluster, database);
    }

    /** Appends files unless later rows of this cluster were appended since {@code base}. */
    public AppendResult append(LakePosition base, WrittenFiles written, Map<String, String> evidence) {
        return append.commit(base, written.files(), evidence);
    }
}
