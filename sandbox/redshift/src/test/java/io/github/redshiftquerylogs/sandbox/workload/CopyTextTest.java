package io.github.redshiftquerylogs.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumn;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class CopyTextTest {

    /** The number of characters that the driver reads from a Reader at once. */
    private static final int BUFFER = 65_536;

    private static final String ROCKET = "🚀";

    @AutoClose
    private final EmbeddedRedshift redshift =
            EmbeddedRedshift.recycled("alpha", StandInRows.USER, StandInRows.PASSWORD, Patch.NEWER);

    private final SystemTable queries = redshift.tables().stream()
            .filter(table -> table.name().equals("stl_query"))
            .findFirst()
            .orElseThrow();

    @Test
    void aCharacterOnTheBorderOfTheDriversBuffersArrivesWhole() throws SQLException, IOException {
        List<List<@Nullable String>> rows = rowsWithARocketOnTheBorder();

        try (Connection connection = redshift.admin()) {
            CopyText.insert(connection, queries, rows);
        }

        assertThat(statements())
                .hasSize(rows.size())
                .allSatisfy(text -> assertThat(text).contains(ROCKET));
    }

    @Test
    void whatLooksLikeSyntaxArrivesAsItIs() throws SQLException, IOException {
        List<String> texts = List.of("\\N", "null", "a\tb\nc\rd\\", "\\n", "\u0001", "'\",", "😀", "\\.");

        try (Connection connection = redshift.admin()) {
            CopyText.insert(connection, queries, texts.stream().map(this::row).toList());
        }

        assertThat(statements()).map(String::stripTrailing).containsExactlyElementsOf(texts);
    }

    @Test
    void ofAReaderTheDriverTearsItApart() throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        rowsWithARocketOnTheBorder().forEach(row -> CopyText.appendRow(text, row));
        assertThat(text.substring(BUFFER - 1, BUFFER + 1)).isEqualTo(ROCKET);

        try (Connection connection = redshift.admin()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy stl_query (" + String.join(", ", queries.columnNames()) + ") from stdin",
                            new StringReader(text.toString()));
        }

        assertThat(statements())
                .filteredOn(statement -> statement.contains("??"))
                .hasSize(1);
    }

    /** Rows whose text of COPY has the first half of a rocket as the last character that fits into the buffer. */
    private List<List<@Nullable String>> rowsWithARocketOnTheBorder() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (text.length() < BUFFER - 3_000) {
            rows.add(row("x".repeat(2_000) + ROCKET));
            text.setLength(0);
            rows.forEach(row -> CopyText.appendRow(text, row));
        }
        StringBuilder last = new StringBuilder();
        CopyText.appendRow(last, row(ROCKET));
        int before = BUFFER - 1 - text.length() - last.indexOf(ROCKET);
        rows.add(row("y".repeat(before) + ROCKET));
        return rows;
    }

    private List<@Nullable String> row(String statement) {
        List<@Nullable String> row = new ArrayList<>();
        for (SystemColumn column : queries.columns()) {
            row.add(column.name().equals("querytxt") ? statement : null);
        }
        return row;
    }

    private List<String> statements() throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select querytxt from stl_query")) {
            while (result.next()) {
                statements.add(result.getString(1));
            }
        }
        return statements;
    }
}
