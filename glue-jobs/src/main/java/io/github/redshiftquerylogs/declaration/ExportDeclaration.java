package io.github.redshiftquerylogs.declaration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One export: the query that reads a cluster and the lake table that stores the rows. Either a log, whose rows are final when
 * they appear and are read window by window, or a snapshot, whose whole result is read once per period.
 *
 * <p>Name, key and log-time rule of an existing export never change; a different definition needs a different name.
 *
 * @param name the table name in the lake
 * @param set the set that switches it on
 * @param grants the relations that only superusers may read unless somebody grants SELECT on them
 * @param sql the query; returns {@code log_time} and the source's columns for rows with {@code :from < log_time <= :to}
 * @param logTimeRule a name for the time that {@code log_time} holds, such as {@code endtime}
 * @param parent the column with the id of the query whose end {@code log_time} is; empty if rows have a time of their own.
 *     Ids come back, so rows of an id that the lake has already are compared before they are written
 * @param undated a query for the number of rows without a time, which no window contains; empty if it is not counted
 * @param heldBack a query for status and number of rows that are not exported because they have not ended, or because their
 *     status is unknown; empty if rows are final when they appear. Rows whose key the lake has already, in whatever state,
 *     are not written again
 * @param settle how far the export stays behind the source's clock, if that is more than the run does; empty: as the run
 * @param snapshot when a snapshot is taken, and of which databases; empty for a log
 * @param key the columns that identify a row; rows that change are looked up in the lake by the first one
 * @param columns the source's columns in the order of the lake table
 * @param derived columns that are computed from others, in the order of the lake table, behind those of the source
 * @param reread whether a past day may be read again to complete it
 * @param own what only an export of users has; empty for one of this project
 */
public record ExportDeclaration(
        String name,
        ExportSet set,
        List<String> grants,
        SourceQuery sql,
        String logTimeRule,
        Optional<String> parent,
        Optional<String> undated,
        Optional<SourceQuery> heldBack,
        Optional<Duration> settle,
        Optional<SnapshotRule> snapshot,
        List<String> key,
        List<DeclaredColumn> columns,
        List<DerivedColumn> derived,
        boolean reread,
        Optional<OwnExport> own) {

    /** Whether rows are final when they appear and have times of their own; otherwise it is a snapshot. */
    public boolean isLog() {
        return snapshot.isEmpty();
    }

    /**
     * Whether a cluster may have it.
     *
     * @param cluster the name of the cluster
     */
    public boolean isFor(String cluster) {
        return own.filter(only -> !only.clusters().isEmpty() && !only.clusters().contains(cluster))
                .isEmpty();
    }

    /** How rows are recognised that the lake has already; empty if no window contains such rows. */
    public Optional<Repeats> repeats() {
        return parent.map(id -> new Repeats(id, List.of()))
                .or(() -> heldBack.map(query -> new Repeats(key.get(0), key)));
    }

    /** The declared column of this name; empty if there is none. */
    public Optional<DeclaredColumn> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
