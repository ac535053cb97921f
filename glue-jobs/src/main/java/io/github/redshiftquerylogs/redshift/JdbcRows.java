package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of a result over JDBC. */
final class JdbcRows implements SourceRows {

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
            String name = metadata.getColumnLabel(i).toLowerCase(Locale.ROOT);
            int type = metadata.getColumnType(i);
            columns.add(
                    type == Types.CHAR
                            ? SourceColumn.padded(name, metadata.getPrecision(i))
                            : new SourceColumn(name, type(type)));
        }
        return List.copyOf(columns);
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
            Object value = switch (type) {
                case INTEGER -> rows.getInt(column);
                case BIGINT -> rows.getLong(column);
                case DOUBLE -> rows.getDouble(column);
                case BOOLEAN -> rows.getBoolean(column);
                case DATE -> rows.getObject(column, LocalDate.class);
                case TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
                case STRING -> rows.getString(column);
            };
            return rows.wasNull() ? null : value;
        } catch (SQLException e) {
            throw failure.apply(e);
        }
    }
}
