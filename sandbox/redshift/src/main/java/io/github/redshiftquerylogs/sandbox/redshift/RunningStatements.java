package io.github.redshiftquerylogs.sandbox.redshift;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements that run at a stand-in: {@code stv_recents} shows those that PostgreSQL runs and the UNLOADs that this process
 * runs for a session, with start times by the stand-in's clock. A superuser sees all, others those of their own sessions.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_STV_RECENTS.html
 */
record RunningStatements(EmbeddedRedshift redshift) {

    private static final Logger LOG = LoggerFactory.getLogger(RunningStatements.class);

    static List<String> setup() {
        return List.of(
                "create table sandbox_unload (pid int primary key, user_name text not null, db_name text not null,"
                        + " starttime timestamp not null default (clock_timestamp() at time zone 'UTC'), query text not null)",
                "create view stv_recents as select usesysid::int as userid, status::char(20) as status,"
                        + " (select now from public.sandbox_clock) - running as starttime,"
                        + " least(extract(epoch from running) * 1000000, 2147483647)::int as duration,"
                        + " user_name::char(50) as user_name, db_name::char(50) as db_name,"
                        + " left(query, 600)::char(600) as query,"
                        + " case status when 'Running' then pid else -1 end as pid"
                        + " from (select usename::text as user_name, datname::text as db_name, pid, query,"
                        + " clock_timestamp() - coalesce(query_start, backend_start) as running,"
                        + " case state when 'active' then 'Running' else 'Done' end as status"
                        + " from pg_catalog.pg_stat_activity where backend_type = 'client backend'"
                        + " union all select user_name, db_name, pid, query,"
                        + " (clock_timestamp() at time zone 'UTC') - starttime, 'Running'"
                        + " from public.sandbox_unload) statements"
                        + " join pg_catalog.pg_user on usename = user_name"
                        + " where user_name = current_user"
                        + " or (select usesuper from pg_catalog.pg_user where usename = current_user)");
    }

    /** Shows an UNLOAD of a session, until {@link #ends}. */
    void begins(int session, String user, String database, String unload) throws SQLException {
        try (Connection admin = redshift.admin();
                PreparedStatement insert = admin.prepareStatement(
                        "insert into sandbox_unload (pid, user_name, db_name, query) values (?, ?, ?, ?)")) {
            insert.setInt(1, session);
            insert.setString(2, user);
            insert.setString(3, database);
            insert.setString(4, unload);
            insert.executeUpdate();
        }
    }

    void ends(int session) {
        try (Connection admin = redshift.admin();
                PreparedStatement delete = admin.prepareStatement("delete from sandbox_unload where pid = ?")) {
            delete.setInt(1, session);
            delete.executeUpdate();
        } catch (SQLException e) {
            LOG.debug("the stand-in is gone", e);
        }
    }
}
