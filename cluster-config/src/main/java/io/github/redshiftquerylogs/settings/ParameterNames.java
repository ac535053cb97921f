package io.github.redshiftquerylogs.settings;

import java.util.Optional;

/** Names of all parameters. */
public final class ParameterNames {

    /** Prefix of all names. They contain dots and no slashes, so they cannot be listed by path. */
    public static final String PREFIX = "redshift_query_logs.";

    private static final String GLOBAL = PREFIX + "global.";

    /** StringList: the clusters to export. */
    public static final String ENABLED_CLUSTER_LIST = GLOBAL + "enabled_cluster_list";
    /** String: location of the lake, {@code s3://bucket/prefix}. */
    public static final String S3_PREFIX = GLOBAL + "s3_prefix";
    /** String: staging for UNLOAD and for Glue, {@code s3://bucket/prefix}. */
    public static final String TEMPDIR = GLOBAL + "tempdir";
    /** String: name or ARN of the role of the Glue jobs. */
    public static final String ROLE = GLOBAL + "role";
    /** String: interval of exports, in minutes. */
    public static final String INTERVAL_MINUTES = GLOBAL + "interval_minutes";
    /** String, optional: how many statements a run has at its cluster at a time, at most. */
    public static final String STATEMENTS = GLOBAL + "statements";
    /** String, optional: the exports of clusters that have no list of their own, see {@link ExportList}. */
    public static final String EXPORTS = GLOBAL + "exports";
    /** String, optional: folder with own exports, {@code s3://bucket/exports/folder}. */
    public static final String EXPORTS_PREFIX = GLOBAL + "exports_prefix";

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

    /** String, optional: role of UNLOAD, {@code default} or ARNs separated by commas. */
    public static String unloadRole(ClusterName cluster) {
        return of(cluster, "unload_role");
    }

    /** String, optional: interval of exports of this cluster, in minutes; overrides the global one. */
    public static String intervalMinutes(ClusterName cluster) {
        return of(cluster, "interval_minutes");
    }

    /** String, optional: how many statements a run has at this cluster at a time; overrides the global one. */
    public static String statements(ClusterName cluster) {
        return of(cluster, "statements");
    }

    /** String, optional: the exports of this cluster, see {@link ExportList}; applied after the global list. */
    public static String exports(ClusterName cluster) {
        return of(cluster, "exports");
    }

    /** String, optional: identity of another source that takes the place of the one that was exported under this name. */
    public static String acceptSource(ClusterName cluster) {
        return of(cluster, "accept_source");
    }

    /** The cluster of a parameter; empty for global and foreign parameters. */
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
