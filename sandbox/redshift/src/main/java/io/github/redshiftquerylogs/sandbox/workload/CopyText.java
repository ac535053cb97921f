package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * PostgreSQL's text format of COPY: a line per row, tabs between values, {@code \N} for null, and backslash escapes. It
 * preserves any text without the zero character.
 *
 * @see <a href="https://www.postgresql.org/docs/15/sql-copy.html">COPY, section Text Format</a>
 */
final class CopyText {

    private CopyText() {}

    /**
     * Inserts rows, their values in the order of the columns.
     *
     * @throws SQLException if the table does not take them
     * @throws IOException if the connection breaks
     */
    static void insert(Connection connection, SystemTable table, List<List<@Nullable String>> rows)
            throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> appendRow(text, row));
        // by name, because the source may have further columns
        String sql = "copy " + table.name() + " (" + String.join(", ", table.columnNames()) + ") from stdin";
        // as bytes: from a Reader the driver encodes one buffer after another, and a surrogate pair across two buffers
        // would become two question marks
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(sql, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static void appendRow(StringBuilder out, List<@Nullable String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append('\t');
            }
            String value = values.get(i);
            if (value == null) {
                out.append("\\N");
            } else {
                appendEscaped(out, value);
            }
        }
        out.append('\n');
    }

    private static void appendEscaped(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
    }
}
