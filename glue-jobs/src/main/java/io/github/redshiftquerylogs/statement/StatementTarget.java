package io.github.redshiftquerylogs.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object that a statement changes, creates, drops or grants; of FETCH, DECLARE and CLOSE the cursor. Names are without
 * quotes and in lower case, as Redshift folds them. What the text does not say is null.
 *
 * @param table the table, view, procedure, cursor or other object; null if a whole schema or database is meant
 */
public record StatementTarget(
        @Nullable String database,
        @Nullable String schema,
        @Nullable String table) {

    /** No object, or none that the text tells. */
    public static final StatementTarget NONE = new StatementTarget(null, null, null);

    /** From the parts of a dotted name; of more than three parts the last three. */
    static StatementTarget object(List<String> parts) {
        return parts.isEmpty() ? NONE : new StatementTarget(fromEnd(parts, 2), fromEnd(parts, 1), fromEnd(parts, 0));
    }

    static StatementTarget wholeSchema(List<String> parts) {
        return parts.isEmpty() ? NONE : new StatementTarget(fromEnd(parts, 1), fromEnd(parts, 0), null);
    }

    static StatementTarget wholeDatabase(List<String> parts) {
        return parts.isEmpty() ? NONE : new StatementTarget(fromEnd(parts, 0), null, null);
    }

    private static @Nullable String fromEnd(List<String> parts, int place) {
        return place < parts.size() ? parts.get(parts.size() - 1 - place) : null;
    }
}
