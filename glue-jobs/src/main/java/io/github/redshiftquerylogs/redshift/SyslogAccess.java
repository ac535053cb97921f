package io.github.redshiftquerylogs.redshift;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows a user sees in system tables, decided from the cluster's views; pure. With a user that sees only its own
 * rows an export would be incomplete, without an error.
 * https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html#c_visibility-of-data
 *
 * @param rows whose rows the user sees
 * @param text what was found and what is expected
 */
public record SyslogAccess(Rows rows, String text) {

    /** Whose rows a user sees. */
    public enum Rows {
        /** The rows of all users. */
        ALL,
        /** The rows of its own statements. */
        OWN,
        /** Unknown. */
        UNKNOWN
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_roles-default.html: these may read system tables. */
    private static final Set<String> ROLES = Set.of("sys:monitor", "sys:operator", "sys:dba", "sys:superuser");

    /**
     * A row of {@code svv_user_info} and {@code svv_user_grants} for a user: one for each directly granted role, or one
     * without a role.
     *
     * @param superuser whether the user is a superuser
     * @param setting {@code RESTRICTED} or {@code UNRESTRICTED}
     * @param role the granted role
     */
    record Row(
            boolean superuser,
            @Nullable String setting,
            @Nullable String role) {}

    /** Decides. Roles granted to roles, and roles that a user created, are not evaluated: their rights are unknown. */
    static SyslogAccess of(String user, List<Row> found, Remedy remedy) {
        Set<String> roles = new TreeSet<>();
        boolean all = false;
        boolean restricted = false;
        for (Row row : found) {
            if (row.role() != null) {
                roles.add(row.role());
            }
            all |= row.superuser()
                    || "UNRESTRICTED".equals(row.setting())
                    || (row.role() != null && ROLES.contains(row.role()));
            restricted |= "RESTRICTED".equals(row.setting());
        }
        if (all) {
            return new SyslogAccess(Rows.ALL, user + " sees the rows of all users");
        }
        if (restricted) {
            return new SyslogAccess(
                    Rows.OWN,
                    "user " + user + " sees only the rows of its own queries (syslog_access is RESTRICTED, roles: "
                            + (roles.isEmpty() ? "none" : String.join(", ", roles)) + "): expected " + remedy.text());
        }
        return unknown(
                user,
                found.isEmpty()
                        ? "svv_user_info has no row for it"
                        : "syslog_access is neither RESTRICTED nor UNRESTRICTED",
                remedy);
    }

    /** The cluster does not tell whose rows the user sees. */
    static SyslogAccess unknown(String user, String why, Remedy remedy) {
        return new SyslogAccess(
                Rows.UNKNOWN,
                "whether user " + user + " sees the rows of all users is not known (" + why + "): if not, expected "
                        + remedy.text());
    }
}
