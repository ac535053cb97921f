package io.github.redshiftquerylogs.snapshot;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.SnapshotRule;
import io.github.redshiftquerylogs.declaration.SourceQuery;
import io.github.redshiftquerylogs.lake.TableDefinition;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of the table {@code snapshots_taken}: one for each snapshot, and one for the first failure of a period. Without it, a
 * snapshot without rows could not be told from one that was not taken.
 *
 * @param notedAt the upper bound of the run that wrote it, UTC; its {@code log_time}
 * @param tableName the export
 * @param database the database; empty if the export is not taken per database, or if all databases are meant
 * @param takenAt the {@code log_time} of the snapshot's rows, UTC; empty if it was not taken
 * @param rows the number of its rows; empty if it was not taken
 * @param reason why it was not taken, or why it does not show everything; empty if it is complete
 */
public record SnapshotNote(
        LocalDateTime notedAt,
        String tableName,
        Optional<String> database,
        Optional<LocalDateTime> takenAt,
        Optional<Long> rows,
        Optional<String> reason) {

    private static final String TABLE = "table_name";
    private static final String TAKEN_AT = "taken_at";
    private static final String ROWS = "row_count";
    private static final String REASON = "reason";

    /** The table {@code snapshots_taken}. */
    public static TableDefinition table() {
        return TableDefinition.ofRecords(
                "snapshots_taken",
                "noted_at",
                List.of(TABLE, SnapshotRule.DATABASE, TAKEN_AT),
                List.of(
                        column(TABLE, ColumnType.STRING),
                        column(SnapshotRule.DATABASE, ColumnType.STRING),
                        column(TAKEN_AT, ColumnType.TIMESTAMP),
                        column(ROWS, ColumnType.BIGINT),
                        column(REASON, ColumnType.STRING)));
    }

    private static DeclaredColumn column(String name, ColumnType type) {
        return new DeclaredColumn(name, type, Blanks.PADDING);
    }

    /** Whether the snapshot was taken and shows everything: what it does not have does not exist. */
    public boolean isComplete() {
        return takenAt.isPresent() && reason.isEmpty();
    }

    /** Whether it is about the same export and database. */
    boolean isAbout(String otherTable, Optional<String> otherDatabase) {
        return tableName.equals(otherTable) && database.equals(otherDatabase);
    }

    /** The values by column. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(Map.of(TABLE, tableName));
        database.ifPresent(name -> values.put(SnapshotRule.DATABASE, name));
        takenAt.ifPresent(time -> values.put(TAKEN_AT, time));
        rows.ifPresent(number -> values.put(ROWS, number));
        reason.ifPresent(why -> values.put(REASON, why));
        return values;
    }

    /** The reverse of {@link #values}, with the row's {@code log_time}. */
    static SnapshotNote of(Map<String, Object> values) {
        return new SnapshotNote(
                (LocalDateTime) Objects.requireNonNull(values.get(SourceQuery.LOG_TIME), SourceQuery.LOG_TIME),
                (String) Objects.requireNonNull(values.get(TABLE), TABLE),
                Optional.ofNullable((String) values.get(SnapshotRule.DATABASE)),
                Optional.ofNullable((LocalDateTime) values.get(TAKEN_AT)),
                Optional.ofNullable((Long) values.get(ROWS)),
                Optional.ofNullable((String) values.get(REASON)));
    }
}
