package io.github.redshiftquerylogs.contract;

/**
 * Entries of the state table, and attributes of theirs, that one part of the system writes and another one reads. {@code
 * docs/contracts.md} has them all.
 */
public final class StateEntries {

    /** What the names of a cluster's tables begin with; the job writes how far each was read. */
    public static final String TABLE_PREFIX = "table#";
    /** Of a table: up to when it was read, UTC. */
    public static final String READ_UP_TO = "read_up_to";

    /** The run that the job has ended last. */
    public static final String LATEST_RUN = "run#latest";
    /** Of a run: Glue's id. */
    public static final String RUN_ID = "run_id";
    /** Of a run: how it ended. */
    public static final String STATUS = "status";
    /** Of a run: what it did, as JSON. */
    public static final String SUMMARY = "summary";

    /** How the Lambda has found the cluster described. */
    public static final String DESCRIPTION = "description";
    /** Of a description: the AWS account. */
    public static final String ACCOUNT_ID = "account_id";
    /** Of a description: the AWS Region. */
    public static final String REGION = "region";
    /** Of a description: what Redshift calls the cluster. */
    public static final String CLUSTER_IDENTIFIER = "cluster_identifier";
    /** Of a description: the type of its nodes, such as {@code ra3.xlplus}. */
    public static final String NODE_TYPE = "node_type";
    /** Of a description: how many nodes it has. */
    public static final String NUMBER_OF_NODES = "number_of_nodes";

    private StateEntries() {}

    /** The entry of a table, such as {@code table#stl_query}. */
    public static String table(String table) {
        return TABLE_PREFIX + table;
    }
}
