package io.github.redshiftquerylogs.sandbox.redshift;

import static io.github.redshiftquerylogs.sandbox.redshift.DatabaseSetup.identifier;
import static io.github.redshiftquerylogs.sandbox.redshift.DatabaseSetup.literal;

import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users of a stand-in and their access to rows of the system tables. Thread-safe. */
public final class DatabaseUsers {

    private static final String IS_UNRESTRICTED = "exists (select 1 from svv_user_info where user_name = current_user"
            + " and syslog_access = 'UNRESTRICTED')";
    private static final String HAS_ROLE =
            "exists (select 1 from svv_user_grants where user_name = current_user" + " and role_name = 'sys:monitor')";
    private static final String OWN_ID = "(select user_id from svv_user_info where user_name = current_user)";

    /** A table without such a column shows its rows to users with access to all rows only. */
    private static final List<String> USER_COLUMNS = List.of("userid", "user_id", "session_user_id");

    private final EmbeddedRedshift redshift;

    DatabaseUsers(EmbeddedRedshift redshift) {
        this.redshift = redshift;
    }

    /** Whether a user with this name exists. */
    public boolean has(String name) {
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1 from pg_user where usename = " + literal(name))) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask for the users of " + redshift, e);
        }
    }

    /**
     * Creates a user that may read the system tables but sees the rows of its own statements only, that is, none.
     *
     * @param password its password; null if it signs in with temporary credentials only
     */
    public void create(String name, @Nullable String password) {
        String user = identifier(name);
        List<String> statements = new ArrayList<>();
        statements.add("create user " + user + (password == null ? "" : " password " + literal(password)));
        statements.add("grant select on all tables in schema public to " + user);
        statements.addAll(ownRowsOnly());
        run(statements);
    }

    /** Creates a user without a password, unless a user with this name exists. */
    public synchronized void createIfAbsent(String name) {
        if (!has(name)) {
            create(name, null);
        }
    }

    /** {@code ALTER USER … PASSWORD}. */
    public void setPassword(String name, String password) {
        run(List.of("alter user " + identifier(name) + " password " + literal(password)));
    }

    /**
     * {@code ALTER USER … SET}: a setting with which sessions of the user begin.
     *
     * @param setting such as {@code timezone}
     */
    public void setDefault(String name, String setting, String value) {
        run(List.of("alter user " + identifier(name) + " set " + identifier(setting) + " to " + literal(value)));
    }

    /**
     * Statements, in one round trip, that give a session what one of this user begins with: UTC, unless the user has
     * {@linkplain #setDefault another zone}. PostgreSQL's driver has set the zone of this process, and the session may have
     * begun as another user.
     */
    static String applyDefaults(String name) {
        return "set timezone to 'UTC';"
                + " select set_config(split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1), false)"
                + " from pg_db_role_setting, unnest(setconfig) setting"
                + " where setdatabase = 0 and setrole = (select oid from pg_roles where rolname = " + literal(name)
                + ")";
    }

    /** {@code ALTER USER … SYSLOG ACCESS UNRESTRICTED}, or {@code RESTRICTED}. */
    public void setSyslogAccess(String name, boolean unrestricted) {
        List<String> statements = new ArrayList<>();
        statements.add("insert into sandbox_user values (" + literal(name) + ", '"
                + (unrestricted ? "UNRESTRICTED" : "RESTRICTED")
                + "') on conflict (name) do update set syslog_access = excluded.syslog_access");
        statements.addAll(ownRowsOnly());
        run(statements);
    }

    /** {@code GRANT ROLE}: with {@code sys:monitor} a user sees the rows of all users. */
    public void grantRole(String name, String role) {
        run(List.of("insert into sandbox_role_grant values (" + literal(name) + ", " + literal(role) + ")"));
    }

    /** Adds the row policies. Done for the first restricted user only, because policies slow queries down. */
    private List<String> ownRowsOnly() {
        List<String> statements = new ArrayList<>();
        for (SystemTable table : redshift.tables()) {
            statements.add("alter table " + table.name() + " enable row level security");
            statements.add("drop policy if exists own_rows on " + table.name());
            String own = USER_COLUMNS.stream()
                    .filter(table::has)
                    .findFirst()
                    .map(column -> column + " = " + OWN_ID)
                    .orElse("false");
            statements.add("create policy own_rows on " + table.name() + " using ((select " + IS_UNRESTRICTED + " or "
                    + HAS_ROLE + ") or " + own + ")");
        }
        return statements;
    }

    /** In one transaction, because a table without a policy shows no rows at all. */
    private void run(List<String> statements) {
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change the users of " + redshift, e);
        }
    }
}
