package io.github.redshiftquerylogs.settings;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the job reaches a cluster. */
public sealed interface ClusterConnection {

    /**
     * Over JDBC, through the network of a Glue connection.
     *
     * @param name name of the Glue connection
     */
    record Glue(String name) implements ClusterConnection {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * By the Redshift Data API, which needs no network and no password.
     * https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html
     *
     * @param serverless whether {@code warehouse} is a workgroup
     * @param warehouse identifier of the cluster, or name of the Serverless workgroup
     * @param database the database to connect to
     */
    record DataApi(boolean serverless, String warehouse, String database) implements ClusterConnection, Serializable {

        /** Prefix of such a connection. */
        public static final String SCHEME = "redshift-data://";

        private static final String SERVERLESS = "serverless/";
        private static final Pattern WITHOUT_DATABASE = Pattern.compile(SCHEME + SERVERLESS + "[^/]*/?");
        private static final Pattern URL = Pattern.compile(
                SCHEME + "(?:(" + SERVERLESS + ")([a-z0-9-]{3,64})|([a-z][a-z0-9-]{0,62}))/([^/\\s]{1,127})");

        /** Parses a connection; empty if the text is no connection by the Data API. */
        static Optional<DataApi> parse(String text) {
            Matcher matcher = URL.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            boolean serverless = matcher.group(1) != null;
            if (!serverless && (matcher.group(3) + "/").equals(SERVERLESS)) {
                return Optional.empty();
            }
            return Optional.of(
                    new DataApi(serverless, serverless ? matcher.group(2) : matcher.group(3), matcher.group(4)));
        }

        /**
         * Whether a text names a Serverless workgroup and no database. It reads like a database of a cluster with the
         * identifier {@code serverless}; such a cluster cannot be addressed.
         */
        static boolean lacksDatabase(String text) {
            return WITHOUT_DATABASE.matcher(text).matches();
        }

        @Override
        public String toString() {
            return SCHEME + (serverless ? SERVERLESS : "") + warehouse + "/" + database;
        }
    }

    /** Not configured: the cluster is looked up by its name, and a Glue connection is created for it. */
    record Lookup() implements ClusterConnection {

        @Override
        public String toString() {
            return "(to be looked up)";
        }
    }
}
