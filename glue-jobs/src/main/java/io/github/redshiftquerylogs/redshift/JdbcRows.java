package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnNames;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.failure.SqlState;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a result over JDBC. */
final class JdbcRows implements SourceRows {

    /** Class of SQLSTATE. */
    private static final String CONNECTION = "08";

    private final ResultSet rows;
    private final List<SourceColumn> columns;
    private final Function<SQLException, SourceException> failure;

    /** @param failure translates an exception of the driver */
    JdbcRows(ResultSet rows, Function<SQLException, SourceException> failure) throws SQLException {
        this.rows = rows;
        this.columns = describe(rows.getMetaData());
        this.failure = failure;
    }

    private static List<SourceColumn> describe(ResultSetMetaData metadata) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(column(metadata, i, metadata.getColumnLabel(i)));
        }
        return ColumnNames.assign(columns);
    }

    /** The driver gives every type as text, also one that it does not know. */
    private static SourceColumn column(ResultSetMetaData metadata, int column, String name) throws SQLException {
        int type;
        try {
            type = metadata.getColumnType(column);
        } catch (SQLException e) {
            return SourceColumn.ofUnknownType(name);
        }
        return type == Types.CHAR
                ? SourceColumn.padded(name, metadata.getPrecision(column))
                : new SourceColumn(name, type(type));
    }

    /** The type that holds every value of a column; {@code jdbcType} as in {@link Types}. */
    private static ColumnType type(int jdbcType) {
        return switch (jdbcType) {
            case Types.SMALLINT, Types.INTEGER, Types.TINYINT -> ColumnType.INTEGER;
            case Types.BIGINT -> ColumnType.BIGINT;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnType.DOUBLE;
            case Types.BOOLEAN, Types.BIT -> ColumnType.BOOLEAN;
            case Types.DATE -> ColumnType.DATE;
            case Types.TIMESTAMP -> ColumnType.TIMESTAMP;
            default -> ColumnType.STRING;
        };
    }

    @Override
    public List<SourceColumn> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public @Nullable Object value(int index, ColumnType type) {
        int column = index + 1;
        try {
            return read(column, type);
        } catch (SQLException e) {
            if (SqlState.classOf(e.getSQLState()).equals(CONNECTION)) {
                throw failure.apply(e);
            }
            // the row has arrived, so it is the value that the driver cannot convert
            return type == ColumnType.STRING ? decoded(column) : ReplacedValue.unreadable(type);
        } catch (IllegalArgumentException | DateTimeException e) {
            return ReplacedValue.unreadable(type);
        }
    }

    private @Nullable Object read(int column, ColumnType type) throws SQLException {
        Object value = switch (type) {
            case INTEGER -> rows.getInt(column);
            case BIGINT -> rows.getLong(column);
            case DOUBLE -> rows.getDouble(column);
            case BOOLEAN -> rows.getBoolean(column);
            // the driver's own conversion takes years before Christ for years after
            case DATE -> SourceTime.date(rows.getString(column));
            case TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
            case STRING -> rows.getString(column);
        };
        return rows.wasNull() ? null : value;
    }

    private @Nullable Object decoded(int column) {
        try {
            byte[] bytes = rows.getBytes(column);
            return bytes == null ? null : ReplacedValue.ofBytes(new String(bytes, StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }
}
