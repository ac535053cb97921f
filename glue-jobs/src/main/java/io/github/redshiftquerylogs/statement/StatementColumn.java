package io.github.redshiftquerylogs.statement;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns that are derived from the text of a statement. */
public enum StatementColumn {
    /** {@link StatementKind#label}. */
    STATEMENT_KIND,
    TARGET_DATABASE,
    TARGET_SCHEMA,
    TARGET_TABLE,
    /** {@link Statement#shape}. */
    QUERY_SHAPE,
    /** {@link Statement#VERSION}, an integer; null in rows that were written without these columns. */
    STATEMENT_VERSION;

    /** The name of the column: lower case. */
    public String columnName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its values are integers; all others are texts. */
    public boolean isNumber() {
        return this == STATEMENT_VERSION;
    }

    /** The value for a statement. */
    public @Nullable Object of(Statement statement) {
        return switch (this) {
            case STATEMENT_KIND -> statement.kind().label();
            case TARGET_DATABASE -> statement.target().database();
            case TARGET_SCHEMA -> statement.target().schema();
            case TARGET_TABLE -> statement.target().table();
            case QUERY_SHAPE -> statement.shape().orElse(null);
            case STATEMENT_VERSION -> Statement.VERSION;
        };
    }

    /** The column of this name; empty if there is none. */
    public static Optional<StatementColumn> named(String name) {
        return Arrays.stream(values())
                .filter(column -> column.columnName().equals(name))
                .findFirst();
    }
}
