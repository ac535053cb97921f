package io.github.redshiftquerylogs.contract;

/**
 * Names of the metrics that the Lambda publishes, and that alarms and the dashboard read. Alarms read only metrics without
 * dimensions, so their number does not depend on the number of clusters.
 */
public final class MetricNames {

    /** Namespace of all metrics. */
    public static final String NAMESPACE = "RedshiftQueryLogs";

    /** Count, without dimensions: 1 for each tick that ended. */
    public static final String TICKS = "Ticks";
    /** Minutes, without dimensions: the greatest lag of all clusters that are not paused; 0 without clusters. */
    public static final String MAX_LAG_MINUTES = "MaxLagMinutes";
    /**
     * Minutes, without dimensions: the greatest lateness of all clusters that are not paused; 0 without clusters. A cluster
     * is late by what its lag exceeds its own interval.
     */
    public static final String MAX_LATENESS_MINUTES = "MaxLatenessMinutes";
    /** Count, without dimensions: clusters whose lag could not be measured, or not of all tables. */
    public static final String CLUSTERS_NOT_MEASURED = "ClustersNotMeasured";
    /** Count, without dimensions: clusters that are late or fail because they are paused; they count nowhere else. */
    public static final String PAUSED_CLUSTERS = "PausedClusters";
    /** Count, without dimensions: clusters that are misconfigured, or whose start or latest run failed, or whose run died. */
    public static final String FAILED_CLUSTERS = "FailedClusters";
    /** Count, without dimensions: selected exports of all clusters that the database users may not read. */
    public static final String EXPORTS_REFUSED = "ExportsRefused";

    /** Minutes, by {@link #CLUSTER}: lag of the cluster's export. */
    public static final String LAG = "Lag";
    /** Count, by {@link #CLUSTER}: rows that the cluster's latest run appended. */
    public static final String ROWS = "Rows";

    /** Dimension of the metrics of a cluster: its name. */
    public static final String CLUSTER = "ClusterName";

    private MetricNames() {}
}
