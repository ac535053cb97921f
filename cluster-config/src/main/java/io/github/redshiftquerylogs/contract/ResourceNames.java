package io.github.redshiftquerylogs.contract;

import io.github.redshiftquerylogs.settings.ClusterName;

/** Names of AWS resources that more than one part of the system uses. */
public final class ResourceNames {

    /** Default name of the Glue database of the lake. */
    public static final String DATABASE = "redshift_query_logs_db";
    /** Default name of the DynamoDB state table. */
    public static final String STATE_TABLE = "export_state";
    /** Partition key of the state table: the cluster's name. */
    public static final String STATE_PARTITION_KEY = "cluster_name";
    /** Sort key of the state table: an entry ({@link StateEntries}). */
    public static final String STATE_SORT_KEY = "entry";
    /** Suffix of the names of the Glue jobs. */
    public static final String JOB_SUFFIX = "_extract_rs_query_logs";

    /** Suffix of the names of the Glue connections that the Lambda creates. */
    public static final String CONNECTION_SUFFIX = "_rs_query_logs";

    private ResourceNames() {}

    /** Name of the Glue job of a cluster. */
    public static String job(ClusterName cluster) {
        return cluster + JOB_SUFFIX;
    }

    /** Name of the Glue connection of a cluster that is looked up. */
    public static String connection(ClusterName cluster) {
        return cluster + CONNECTION_SUFFIX;
    }
}
