package io.github.redshiftquerylogs.contract;

import io.github.redshiftquerylogs.settings.ClusterName;

/** Names of AWS resources that more than one part of the system uses. */
public final class ResourceNames {

    /** The Glue database of the lake, unless a deployment says otherwise. */
    public static final String DATABASE = "redshift_query_logs_db";
    /** The DynamoDB table of watermarks and runs, unless a deployment says otherwise. */
    public static final String STATE_TABLE = "export_state";
    /** Partition key of the state table: the cluster's name. */
    public static final String STATE_PARTITION_KEY = "cluster_name";
    /** Sort key of the state table: a typed entry, such as {@code table#stl_query} or {@code run#latest}. */
    public static final String STATE_SORT_KEY = "entry";
    /** What the names of all our Glue jobs end with. */
    public static final String JOB_SUFFIX = "_extract_rs_query_logs";

    /** What the names of the Glue connections that the Lambda makes end with. */
    public static final String CONNECTION_SUFFIX = "_rs_query_logs";

    private ResourceNames() {}

    /** The Glue job of a cluster. */
    public static String job(ClusterName cluster) {
        return cluster + JOB_SUFFIX;
    }

    /** The Glue connection of a cluster that was looked up by its name. */
    public static String connection(ClusterName cluster) {
        return cluster + CONNECTION_SUFFIX;
    }
}
