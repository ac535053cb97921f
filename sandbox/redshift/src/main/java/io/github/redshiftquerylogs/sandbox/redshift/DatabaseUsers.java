package io.github.redshiftquerylogs.sandbox.redshift;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users of a stand-in, and whose rows of the system tables they see. */
final class DatabaseUsers {

    private static final String IS_UNRESTRICTED = "exists (select 1 from svv_user_info where user_name = current_user"
            + " and syslog_access = 'UNRESTRICTED')";
    private static final String HAS_ROLE =
            "exists (select 1 from svv_user_grants where user_name = current_user" + " and role_name = 'sys:monitor')";
    private static final String OWN_ID = "(select user_id from svv_user_info where user_name = current_user)";

    private final EmbeddedRedshift redshift;

    DatabaseUsers(EmbeddedRedshift redshift) {
        this.redshift = redshift;
    }

    boolean exists(String user) throws SQLException {
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select 1 from pg_user where usename = " + DatabaseSetup.literal(user))) {
            return rows.next();
        }
    }

    /** A new user, who sees its own rows. */
    void create(String user, @Nullable String password) throws SQLException {
        String name = DatabaseSetup.identifier(user);
        String login = password == null ? "" : " password " + DatabaseSetup.literal(password);
        run(List.of("create user " + name + login, "grant select on all tables in schema public to " + name));
        showOwnRowsOnly();
    }

    void setPassword(String user, String password) throws SQLException {
        run(List.of("alter user " + DatabaseSetup.identifier(user) + " password " + DatabaseSetup.literal(password)));
    }

    void setSyslogAccess(String user, boolean unrestricted) throws SQLException {
        String access = unrestricted ? "UNRESTRICTED" : "RESTRICTED";
        run(List.of("insert into sandbox_user values (" + DatabaseSetup.literal(user) + ", '" + access
                + "') on conflict (name) do update set syslog_access = excluded.syslog_access"));
        showOwnRowsOnly();
    }

    void grantRole(String user, String role) throws SQLException {
        run(List.of("insert into sandbox_role_grant values (" + DatabaseSetup.literal(user) + ", "
                + DatabaseSetup.literal(role) + ")"));
    }

    /** From the first user on who may not see all rows; until then there is no policy to slow queries down. */
    private void showOwnRowsOnly() throws SQLException {
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement()) {
            for (SourceTable table : redshift.tables()) {
                statement.execute("alter table " + table.name() + " enable row level security");
                statement.execute("drop policy if exists own_rows on " + table.name());
                statement.execute("create policy own_rows on " + table.name() + " using ((select " + IS_UNRESTRICTED
                        + " or " + HAS_ROLE + ") or userid = " + OWN_ID + ")");
            }
        }
    }

    private void run(List<String> statements) throws SQLException {
        try (Connection connection = redshift.admin();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
