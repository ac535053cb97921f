package io.github.redshiftquerylogs.ddl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.trino.jdbc.TrinoConnection;
import io.trino.jdbc.TrinoResultSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A Trino session set up like the Athena console: the database is selected, the time zone is UTC. */
final class TrinoSession implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "analyst";

    private final URI server;
    private final Connection connection;
    private final HttpClient http = HttpClient.newHttpClient();

    private TrinoSession(URI server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    static TrinoSession open(TrinoProcess trino) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        Connection connection = DriverManager.getConnection(trino.jdbcUrl() + "/" + ResourceNames.DATABASE, properties);
        connection.unwrap(TrinoConnection.class).setTimeZoneId("UTC");
        return new TrinoSession(trino.uri(), connection);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The column names, then the rows, as text; a null is the text {@code null}. */
    List<List<String>> ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return read(result);
        }
    }

    /** As {@link #ask}, with another schema selected. */
    List<List<String>> askIn(String schema, String sql) throws SQLException {
        String selected = connection.getSchema();
        connection.setSchema(schema);
        try {
            return ask(sql);
        } finally {
            connection.setSchema(selected);
        }
    }

    /** As {@link #execute}, with another schema selected. */
    void executeIn(String schema, String sql) throws SQLException {
        String selected = connection.getSchema();
        connection.setSchema(schema);
        try {
            execute(sql);
        } finally {
            connection.setSchema(selected);
        }
    }

    /** Runs a query and returns its statistics: Trino's {@code queryStats}. */
    JsonNode statisticsOf(String sql) throws SQLException, IOException, InterruptedException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            read(result);
            HttpRequest request = HttpRequest.newBuilder(server.resolve(
                            "/v1/query/" + result.unwrap(TrinoResultSet.class).getQueryId()))
                    .header("X-Trino-User", USER)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body()).path("queryStats");
        }
    }

    /** The tables that a query reads, each with the constraints that the planner found for it. */
    JsonNode tablesThatArePlannedToBeRead(String sql) throws SQLException, IOException {
        return JSON.readTree(ask("EXPLAIN (TYPE IO, FORMAT JSON) " + sql).get(1).get(0))
                .path("inputTableColumnInfos");
    }

    private static List<List<String>> read(ResultSet result) throws SQLException {
        ResultSetMetaData metadata = result.getMetaData();
        List<List<String>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            names.add(metadata.getColumnLabel(i));
        }
        rows.add(names);
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
