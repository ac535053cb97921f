package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.Nullable;

/**
 * What is expected where a cluster has refused, by SQLSTATE; pure.
 * https://www.postgresql.org/docs/8.0/errcodes-appendix.html, which Redshift follows.
 */
final class Remedy {

    private Remedy() {}

    /**
     * Part of an error text, from its colon on; empty if nothing is known.
     *
     * @param state the SQLSTATE, if there is one
     * @param user who was refused
     */
    static String of(@Nullable String state, String user) {
        if (state == null) {
            return "";
        }
        return switch (state) {
            case "42501" ->
                ": expected that the user may read it: GRANT SELECT ON it TO " + user + ", or ALTER USER " + user
                        + " SYSLOG ACCESS UNRESTRICTED if it is a system table";
            case "42P01" ->
                ": expected a table that this cluster has and its user can see: if it exists, GRANT SELECT ON it TO "
                        + user + ", or ALTER USER " + user + " SYSLOG ACCESS UNRESTRICTED if it is a system table";
            case "42703" -> ": expected a column of this name in the source, or a declaration that does not use it";
            case "3D000" -> ": expected a database that exists, in the URL of the Glue connection";
            default ->
                switch (state.substring(0, 2)) {
                    case "08" ->
                        ": expected a cluster that runs (is not paused) at this address, and a way to it: host and port"
                                + " of the URL, subnet, route and security group of the Glue connection";
                    case "28" ->
                        ": expected a user that may connect, and its password, in the cluster's parameters user and"
                                + " password";
                    case "42" -> ": expected SQL that the cluster accepts, in the declaration";
                    default -> "";
                };
        };
    }
}
