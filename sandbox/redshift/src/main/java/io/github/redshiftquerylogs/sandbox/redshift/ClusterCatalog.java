package io.github.redshiftquerylogs.sandbox.redshift;

import static io.github.redshiftquerylogs.sandbox.redshift.DatabaseSetup.identifier;
import static io.github.redshiftquerylogs.sandbox.redshift.DatabaseSetup.literal;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Users, databases and tables of a stand-in, with ids of choice: real entries of PostgreSQL's own catalogs {@code pg_user},
 * {@code pg_database}, {@code pg_namespace} and {@code pg_class}. The tables have no columns and no rows. Thread-safe.
 */
public final class ClusterCatalog {

    private final EmbeddedRedshift redshift;

    ClusterCatalog(EmbeddedRedshift redshift) {
        this.redshift = redshift;
    }

    /**
     * Creates a user.
     *
     * @param id its {@code usesysid}, the {@code userid} of the logs
     */
    public void createUser(int id, String name) {
        in(redshift.database(), admin -> {
            execute(admin, "create user " + identifier(name));
            // PostgreSQL chooses the id; nothing refers to it yet
            execute(admin, "update pg_authid set oid = " + id + " where rolname = " + literal(name));
        });
    }

    /** {@code ALTER USER … RENAME TO}. */
    public void renameUser(String name, String other) {
        in(
                redshift.database(),
                admin -> execute(admin, "alter user " + identifier(name) + " rename to " + identifier(other)));
    }

    /** {@code DROP USER}. */
    public void dropUser(String name) {
        in(redshift.database(), admin -> {
            execute(admin, giveFreeId("rolname = " + literal(name)));
            execute(admin, "drop user " + identifier(name));
        });
    }

    /** PostgreSQL takes users with an id below 16384 for its own and does not drop them. */
    static String giveFreeId(String condition) {
        return "update pg_authid set oid = (1000000000 + cast(oid as bigint))::oid where oid < 16384 and " + condition;
    }

    /** {@code CREATE DATABASE}; no user has more rights in it than everybody. */
    public void createDatabase(String name) {
        try (Connection admin = redshift.admin()) {
            execute(admin, "create database " + identifier(name));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Whether users may connect to a database; a superuser always may. */
    public void allowConnect(String database, boolean allowed) {
        in(
                redshift.database(),
                admin -> execute(
                        admin,
                        (allowed
                                ? "grant connect on database " + identifier(database) + " to public"
                                : "revoke connect on database " + identifier(database) + " from public")));
    }

    /**
     * Creates a table, and its schema if it does not exist.
     *
     * @param id its {@code oid}, the table id of the logs; one from 16384 on, if the table shall be dropped again
     */
    public void createTable(String database, int id, String schema, String name) {
        createTables(database, schema, Map.of(id, name));
    }

    /**
     * As {@link #createTable}, for several tables of a schema.
     *
     * @param names by id
     */
    public void createTables(String database, String schema, Map<Integer, String> names) {
        in(database, admin -> {
            execute(admin, "create schema if not exists " + identifier(schema));
            for (String name : names.values()) {
                execute(admin, "create table " + table(schema, name) + " ()");
            }
        });
        // in another session, which has not opened the tables
        in(database, admin -> {
            for (Map.Entry<Integer, String> table : names.entrySet()) {
                long chosen = oid(admin, table(schema, table.getValue()));
                for (String reference : List.of(
                        "update pg_type set typrelid = %d where typrelid = %d",
                        "update pg_attribute set attrelid = %d where attrelid = %d",
                        "update pg_depend set objid = %d where classid = 'pg_class'::regclass and objid = %d",
                        "update pg_depend set refobjid = %d where refclassid = 'pg_class'::regclass and refobjid = %d",
                        "update pg_class set oid = %d where oid = %d")) {
                    execute(admin, reference.formatted(table.getKey(), chosen));
                }
            }
        });
    }

    private static String table(String schema, String name) {
        return identifier(schema) + "." + identifier(name);
    }

    private static long oid(Connection admin, String table) throws SQLException {
        try (PreparedStatement query = admin.prepareStatement("select cast(cast(? as regclass) as oid)")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** {@code ALTER TABLE … RENAME TO}. */
    public void renameTable(String database, String schema, String name, String other) {
        in(database, admin -> execute(admin, "alter table " + table(schema, name) + " rename to " + identifier(other)));
    }

    /** {@code DROP TABLE}. */
    public void dropTable(String database, String schema, String name) {
        in(database, admin -> execute(admin, "drop table " + table(schema, name)));
    }

    /** Creates the tables of states in a database, empty. Only superusers may read them until somebody grants it. */
    public void createStateTables(String database) {
        in(database, admin -> {
            for (String sql : SystemTables.createStates()) {
                execute(admin, sql);
            }
        });
    }

    private interface Change {
        void by(Connection admin) throws SQLException;
    }

    /** In one transaction of a new process: what processes remember of catalogs is not aware of ids that change. */
    private void in(String database, Change change) {
        try (Connection admin = redshift.newAdmin(database)) {
            admin.setAutoCommit(false);
            change.by(admin);
            admin.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private IllegalStateException failed(SQLException e) {
        return new IllegalStateException("cannot change the catalog of " + redshift, e);
    }

    private static void execute(Connection admin, String sql) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
