package io.github.redshiftquerylogs.sandbox.redshift;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The databases of a server that those of its stand-ins are copied from: one per list of system tables, created when it is first
 * asked for. They stay when the server is emptied, because a copy takes less time than creating the tables again. Nobody can
 * connect to them: PostgreSQL copies a database without sessions only. A cluster does not show them among its databases.
 */
final class DatabaseTemplates {

    private final PostgresServer server;
    private final Map<List<SystemTable>, String> names = new HashMap<>();

    DatabaseTemplates(PostgresServer server) {
        this.server = server;
    }

    /** Creates a database with these system tables, and nothing of a user. */
    void copy(List<SystemTable> tables, String database) throws SQLException {
        String template = names.get(tables);
        if (template == null) {
            template = "sandbox_template_" + names.size();
            create(template, tables);
            names.put(tables, template);
        }
        // the other strategy writes each page to the log too
        administer("create database " + database + " template " + template + " strategy file_copy");
    }

    private void create(String template, List<SystemTable> tables) throws SQLException {
        administer("create database " + template);
        try (Connection connection = server.passingAdmin(template);
                Statement statement = connection.createStatement()) {
            statement.execute(String.join("; ", DatabaseSetup.systemTables(tables)));
        }
        administer("alter database " + template + " is_template true allow_connections false");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = server.admin("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
