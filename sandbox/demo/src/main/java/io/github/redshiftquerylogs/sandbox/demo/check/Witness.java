package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.workload.CanonicalText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a stand-in shows to its superuser, read without the exporter. */
record Witness(EmbeddedRedshift redshift) {

    /** The rows of a table with logged rows. */
    Map<List<@Nullable String>, Long> rows(SystemTable table) throws SQLException {
        Map<List<@Nullable String>, Long> rows = new HashMap<>();
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table.name())) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    SystemColumn column = table.columns().get(i);
                    row.add(CanonicalText.of(
                            column,
                            switch (column.type()) {
                                case TIMESTAMP -> result.getObject(i + 1, LocalDateTime.class);
                                case INTEGER, BIGINT, NUMERIC, DOUBLE, BOOLEAN, CHARACTER, TEXT ->
                                    result.getObject(i + 1);
                            }));
                }
                rows.merge(row, 1L, Long::sum);
            }
        }
        return rows;
    }

    /**
     * An answer as text, as {@link LakeReader#rows(String)} returns the same values of the lake.
     *
     * @param columns the labels of its columns
     * @param rows its rows
     */
    record Answer(List<String> columns, Map<List<@Nullable String>, Long> rows) {}

    /** Asks in a database. */
    Answer ask(String database, String sql) throws SQLException {
        try (Connection connection = redshift.newAdmin(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData metadata = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                columns.add(metadata.getColumnLabel(i));
            }
            Map<List<@Nullable String>, Long> rows = new HashMap<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(text(
                            metadata.getColumnType(i) == Types.TIMESTAMP
                                    ? result.getObject(i, LocalDateTime.class)
                                    : result.getObject(i)));
                }
                rows.merge(row, 1L, Long::sum);
            }
            return new Answer(columns, rows);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number) {
            return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return LakeReader.MICROS.format(time);
        }
        return value.toString().stripTrailing();
    }
}
