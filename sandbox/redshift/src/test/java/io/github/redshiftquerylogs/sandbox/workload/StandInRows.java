package io.github.redshiftquerylogs.sandbox.workload;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemColumnType;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The rows that Redshift's driver reads from a stand-in. */
final class StandInRows {

    static final String USER = "exporter";
    static final String PASSWORD = "pw";

    private StandInRows() {}

    static Connection connect(EmbeddedRedshift redshift) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        return new com.amazon.redshift.Driver().connect(redshift.jdbcUrl(), properties);
    }

    static Map<List<@Nullable String>, Long> multiset(EmbeddedRedshift redshift, SystemTable table)
            throws SQLException {
        Map<List<@Nullable String>, Long> rows = new LinkedHashMap<>();
        try (Connection connection = connect(redshift);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table.name())) {
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    var column = table.columns().get(i);
                    Object value = column.type() == SystemColumnType.TIMESTAMP
                            ? result.getObject(i + 1, LocalDateTime.class)
                            : result.getObject(i + 1);
                    row.add(CanonicalText.of(column, value));
                }
                rows.merge(row, 1L, Long::sum);
            }
        }
        return rows;
    }
}
