package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Hints for errors of a cluster, by SQLSTATE: what is expected; pure.
 * https://www.postgresql.org/docs/8.0/errcodes-appendix.html, which Redshift follows.
 */
final class ErrorHint {

    private ErrorHint() {}

    /**
     * The user and the way of access, on which a hint depends.
     *
     * @param user the user who was refused
     * @param access the way of access, and where its credentials come from
     * @param remedy what gives the user access to the logs
     */
    record Asker(String user, Access access, Remedy remedy) {

        /** A user of a provisioned cluster, who is known by name. */
        Asker(String user, Access access) {
            this(user, access, new Remedy(user, false));
        }
    }

    /** A way of access to a cluster. */
    enum Access {
        /** JDBC through a Glue connection; user and password in parameters. */
        JDBC("the URL of the Glue connection", "in the cluster's parameters user and password"),
        /** JDBC through a Glue connection; user and password in a secret. */
        JDBC_WITH_SECRET("the URL of the Glue connection", "in the secret of the cluster's parameter secret"),
        /** The Data API with a secret, temporary credentials, or the role's own identity. */
        DATA_API(
                "the cluster's parameter connection",
                "in the secret of the cluster's parameter secret, or the parameter user, or the role of the job");

        private final String database;
        private final String credentials;

        Access(String database, String credentials) {
            this.database = database;
            this.credentials = credentials;
        }
    }

    /**
     * The hint, as the end of an error message, starting with its colon; empty text if there is none.
     *
     * @param state the SQLSTATE; null if unknown
     */
    static String of(@Nullable String state, Asker who) {
        String known = SqlState.known(state);
        if (known == null) {
            return "";
        }
        String remedy = who.remedy().text();
        return switch (known) {
            case "42501" ->
                ": expected that the user may read it: if it is a system table, expected " + remedy
                        + "; if it is another one, SELECT on it";
            case "42P01" ->
                ": expected a table that this cluster has and its user can see: if it is a system table, expected "
                        + remedy + "; if it is another one, SELECT on it";
            case "42703" -> ": expected a column of this name in the source, or a declaration that does not use it";
            case "3D000" -> ": expected a database that exists, in " + who.access().database;
            default ->
                switch (SqlState.classOf(known)) {
                    case "08" ->
                        who.access() == Access.DATA_API
                                ? ": expected a cluster that runs (is not paused)"
                                : ": expected a cluster that runs (is not paused) at this address, and a way to it: host"
                                        + " and port of the URL, subnet, route and security group of the Glue connection";
                    case "28" ->
                        who.access() == Access.DATA_API
                                ? ": expected a user that may connect, " + who.access().credentials
                                : ": expected a user that may connect, and its password, " + who.access().credentials;
                    case "42" -> ": expected SQL that the cluster accepts, in the declaration";
                    default -> "";
                };
        };
    }
}
