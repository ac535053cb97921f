package io.github.redshiftquerylogs.ddl;

import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.statement.Statement;
import io.github.redshiftquerylogs.statement.StatementColumn;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** A lake in a schema of its own, with rows as they should not be beside ordinary ones. Columns that are not named are null. */
final class OddRows {

    static final String SCHEMA = "odd_rows";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final LocalDate today;
    private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();

    OddRows(LocalDate today) {
        this.today = today;
    }

    LocalDateTime at(int daysAgo, String time) {
        return LocalDateTime.parse(today.minusDays(daysAgo) + "T" + time);
    }

    /** Adds a row: names and values in turn. */
    OddRows add(String table, Object... namesAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        rows.computeIfAbsent(table, name -> new ArrayList<>()).add(row);
        return this;
    }

    /** Adds a query of user 102 with its derived columns. */
    OddRows query(String cluster, int id, long xid, LocalDateTime start, LocalDateTime end, String text) {
        return queryOfEarlierRelease(cluster, id, xid, start, end, text).derive("stl_query", text);
    }

    /** Adds a part of a statement of user 102 in stl_ddltext or stl_utilitytext. */
    OddRows statement(String table, String cluster, long xid, LocalDateTime end, int sequence, String text) {
        return add(
                table,
                "cluster_name",
                cluster,
                "log_time",
                end,
                "userid",
                102,
                "xid",
                xid,
                "pid",
                9,
                "label",
                "default",
                "starttime",
                end,
                "endtime",
                end,
                "sequence",
                sequence,
                "text",
                text);
    }

    /** Adds what the last row of a table says that its statement is. */
    private OddRows derive(String table, String text) {
        List<Map<String, Object>> ofTable = rows.getOrDefault(table, List.of());
        Map<String, Object> row = ofTable.get(ofTable.size() - 1);
        Statement statement = Statement.of(text);
        for (StatementColumn column : StatementColumn.values()) {
            @Nullable Object value = column.of(statement);
            if (value != null) {
                row.put(column.columnName(), value);
            }
        }
        return this;
    }

    /** Adds a query of user 102 without derived columns. */
    OddRows queryOfEarlierRelease(
            String cluster, int id, long xid, LocalDateTime start, LocalDateTime end, String text) {
        return add(
                "stl_query",
                "cluster_name",
                cluster,
                "log_time",
                end,
                "userid",
                102,
                "query",
                id,
                "xid",
                xid,
                "pid",
                9,
                "querytxt",
                text,
                "starttime",
                start,
                "endtime",
                end,
                "aborted",
                0,
                "concurrency_scaling_status",
                0);
    }

    /**
     * Adds a query of user 102 in {@code sys_query_history}, with its derived columns, and more columns.
     *
     * @param more names and values in turn; they replace those that a query has otherwise
     */
    OddRows sysQuery(
            String cluster, int id, long xid, LocalDateTime start, LocalDateTime end, String text, Object... more) {
        long micros = ChronoUnit.MICROS.between(start, end);
        add(
                "sys_query_history",
                Stream.concat(
                                Stream.of(
                                        "cluster_name",
                                        cluster,
                                        "log_time",
                                        end,
                                        "user_id",
                                        102,
                                        "query_id",
                                        id,
                                        "transaction_id",
                                        xid,
                                        "session_id",
                                        9,
                                        "query_type",
                                        "SELECT",
                                        "status",
                                        "success",
                                        "start_time",
                                        start,
                                        "end_time",
                                        end,
                                        "elapsed_time",
                                        micros,
                                        "queue_time",
                                        0,
                                        "execution_time",
                                        micros,
                                        "query_text",
                                        text,
                                        "compute_type",
                                        "primary"),
                                Stream.of(more))
                        .toArray());
        return derive("sys_query_history", text);
    }

    /** Creates the tables in {@link #SCHEMA} and inserts the rows. */
    void write(TrinoSession session, List<TableDefinition> tables) throws SQLException {
        session.execute("CREATE SCHEMA " + SCHEMA);
        for (TableDefinition table : tables) {
            session.execute(
                    new TrinoDdl(table).create(SCHEMA, ExportedLake.S3_PREFIX + "/" + SCHEMA + "/" + table.name()));
        }
        insert(session, SCHEMA, tables);
    }

    /** Inserts the rows into tables that exist. */
    void insert(TrinoSession session, String schema, List<TableDefinition> tables) throws SQLException {
        for (TableDefinition table : tables) {
            List<Map<String, Object>> ofTable = rows.getOrDefault(table.name(), List.of());
            if (!ofTable.isEmpty()) {
                session.execute("INSERT INTO " + schema + "." + table.name() + " VALUES "
                        + ofTable.stream().map(row -> values(table, row)).collect(Collectors.joining(",\n")));
            }
        }
    }

    private static String values(TableDefinition table, Map<String, Object> row) {
        return table.schema().columns().stream()
                .map(column -> literal(column, row.get(column.name())))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literal(NestedField column, @Nullable Object value) {
        String literal = "null";
        if (value instanceof LocalDateTime time) {
            literal = "timestamp '" + TIME.format(time) + "'";
        } else if (value instanceof String text) {
            literal = "'" + text.replace("'", "''") + "'";
        } else if (value != null) {
            literal = value.toString();
        }
        String type = column.type().typeId() == Type.TypeID.STRING
                ? "varchar"
                : column.type().typeId() == Type.TypeID.TIMESTAMP ? "timestamp(6)" : TableDdl.athenaType(column.type());
        return "CAST(" + literal + " AS " + type + ")";
    }
}
