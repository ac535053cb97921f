package io.github.redshiftquerylogs.sandbox.demo.ask;

import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.workload.CanonicalText;
import io.trino.jdbc.TrinoConnection;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the lake by SQL through Trino. Independent of the exporter. */
public final class LakeReader implements AutoCloseable {

    /** Timestamps as Trino's driver shows them. */
    public static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private static final Set<Integer> NUMBERS = Set.of(Types.INTEGER, Types.BIGINT, Types.DOUBLE, Types.DECIMAL);

    private final String jdbcUrl;
    private final Connection connection;

    /** @param jdbcUrl Trino's JDBC URL, with the lake as catalog and the database as schema */
    public LakeReader(String jdbcUrl) throws SQLException {
        this.jdbcUrl = jdbcUrl;
        Properties properties = new Properties();
        properties.setProperty("user", "demo");
        this.connection = DriverManager.getConnection(jdbcUrl, properties);
        // as in Athena: localtimestamp depends on the session's zone
        connection.unwrap(TrinoConnection.class).setTimeZoneId("UTC");
    }

    /** Trino's JDBC URL with the lake's catalog and schema; any user name, no password. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /**
     * The rows of a log table.
     *
     * @param columns the columns to read, beside {@code cluster_name} and {@code log_time}
     */
    public LakeRows rows(String table, List<SystemColumn> columns) throws SQLException {
        String names =
                columns.stream().map(column -> ", \"" + column.name() + '"').collect(Collectors.joining());
        LakeRows rows = new LakeRows();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select cluster_name, log_time" + names + " from " + table)) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    row.add(value(result, i + 3, columns.get(i)));
                }
                rows.add(
                        Objects.requireNonNullElse(result.getString(1), LakeRows.NOBODY),
                        LocalDateTime.parse(result.getString(2), MICROS),
                        row);
            }
        }
        return rows;
    }

    /** The rows of an answer as text, numbers without trailing zeros. */
    public List<List<@Nullable String>> rows(String sql) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData metadata = result.getMetaData();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(metadata.getColumnCount());
                for (int i = 1; i <= metadata.getColumnCount(); i++) {
                    String text = result.getString(i);
                    row.add(
                            text != null && NUMBERS.contains(metadata.getColumnType(i))
                                    ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                                    : text);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static @Nullable String value(ResultSet result, int index, SystemColumn column) throws SQLException {
        // as text, because Trino's driver converts timestamps to the machine's zone
        String text = result.getString(index);
        if (text == null) {
            return null;
        }
        return CanonicalText.of(
                column,
                switch (column.type()) {
                    case INTEGER, BIGINT, NUMERIC -> Long.valueOf(text);
                    case TIMESTAMP -> LocalDateTime.parse(text, MICROS);
                    case DOUBLE -> Double.valueOf(text);
                    case BOOLEAN -> Boolean.valueOf(text);
                    case CHARACTER, TEXT -> text;
                });
    }

    /** A single value as text; null if there is no row. */
    public @Nullable String single(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    /** The answer to a question. */
    public TextTable answer(String sql, int longest) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData metadata = result.getMetaData();
            List<String> headings = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                headings.add(metadata.getColumnLabel(i));
            }
            TextTable table = new TextTable(headings);
            for (int rows = 0; rows < longest && result.next(); rows++) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= headings.size(); i++) {
                    String text = result.getString(i);
                    row.add(text == null ? "" : text);
                }
                table.add(row);
            }
            return table;
        }
    }

    /** Runs a statement. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
