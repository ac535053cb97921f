package io.github.redshiftquerylogs.settings;

import java.util.Optional;

/** The names of all parameters, written once. */
public final class ParameterNames {

    /** What all names begin with; dots, no slashes: parameters of one path level cannot be listed by path. */
    public static final String PREFIX = "redshift_query_logs.";

    private static final String GLOBAL = PREFIX + "global.";

    /** StringList: the clusters to export. */
    public static final String ENABLED_CLUSTER_LIST = GLOBAL + "enabled_cluster_list";
    /** String: where the lake lies, {@code s3://bucket/prefix}. */
    public static final String S3_PREFIX = GLOBAL + "s3_prefix";
    /** String: staging for UNLOAD and for Glue, {@code s3://bucket/prefix}. */
    public static final String TEMPDIR = GLOBAL + "tempdir";
    /** String: name or ARN of the role of the Glue jobs. */
    public static final String ROLE = GLOBAL + "role";
    /** String: how often a cluster is exported, in minutes. */
    public static final String INTERVAL_MINUTES = GLOBAL + "interval_minutes";

    private ParameterNames() {}

    /**
     * String: the Glue connection through which the cluster is reached, or {@code redshift-data://…}; absent: the cluster
     * is looked up by its name.
     */
    public static String connection(ClusterName cluster) {
        return of(cluster, "connection");
    }

    /** String: the database user. */
    public static String user(ClusterName cluster) {
        return of(cluster, "user");
    }

    /** SecureString: the user's password. */
    public static String password(ClusterName cluster) {
        return of(cluster, "password");
    }

    /** String, optional: ARN of a secret in Secrets Manager with {@code username} and {@code password}. */
    public static String secret(ClusterName cluster) {
        return of(cluster, "secret");
    }

    /** String, optional: the role that the cluster unloads with, {@code default} or ARNs separated by commas. */
    public static String unloadRole(ClusterName cluster) {
        return of(cluster, "unload_role");
    }

    /** String, optional: how often this cluster is exported, in minutes, instead of the global interval. */
    public static String intervalMinutes(ClusterName cluster) {
        return of(cluster, "interval_minutes");
    }

    /** The cluster that a parameter belongs to; empty for global parameters and those of others. */
    public static Optional<ClusterName> clusterOf(String parameter) {
        int dot = parameter.lastIndexOf('.');
        if (!parameter.startsWith(PREFIX) || dot < PREFIX.length()) {
            return Optional.empty();
        }
        return ClusterName.of(parameter.substring(PREFIX.length(), dot));
    }

    private static String of(ClusterName cluster, String setting) {
        return PREFIX + cluster + "." + setting;
    }
}
