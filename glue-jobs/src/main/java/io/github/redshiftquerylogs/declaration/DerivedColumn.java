package io.github.redshiftquerylogs.declaration;

import io.github.redshiftquerylogs.statement.StatementColumn;
import java.io.Serializable;

/**
 * A column that the source does not have: its value is computed from a text column when a row is written.
 *
 * @param column what is computed; its name is that of the column in the lake
 * @param from the declared column that has the text of a statement
 */
public record DerivedColumn(StatementColumn column, String from) implements Serializable {

    /** The name in the lake. */
    public String name() {
        return column.columnName();
    }

    /** The type in the lake. */
    public ColumnType type() {
        return column.isNumber() ? ColumnType.INTEGER : ColumnType.STRING;
    }
}
