package io.github.redshiftquerylogs.contract;

/**
 * The names of the metrics that the Lambda publishes, and that alarms and the dashboard read. Alarms read only those
 * without dimensions, so their number does not grow with the clusters.
 */
public final class MetricNames {

    /** The namespace of all our metrics. */
    public static final String NAMESPACE = "RedshiftQueryLogs";

    /** Count, without dimensions: 1 for each tick that came to its end. */
    public static final String TICKS = "Ticks";
    /** Minutes, without dimensions: how far the cluster that is farthest behind is behind. */
    public static final String MAX_LAG_MINUTES = "MaxLagMinutes";
    /** Count, without dimensions: the clusters that are misconfigured, or whose start or latest run failed. */
    public static final String FAILED_CLUSTERS = "FailedClusters";

    /** Minutes, by {@link #CLUSTER}: how far the cluster's export is behind. */
    public static final String LAG = "Lag";
    /** Count, by {@link #CLUSTER}: rows that the cluster's latest run added. */
    public static final String ROWS = "Rows";

    /** The dimension of the metrics of one cluster: its name. */
    public static final String CLUSTER = "ClusterName";

    private MetricNames() {}
}
