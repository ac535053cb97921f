package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.watermark.ExportState;
import java.time.Clock;

/**
 * What a run works with.
 *
 * @param source the cluster that is read
 * @param unloading how the cluster unloads
 * @param lake where rows go
 * @param state what is remembered of earlier runs
 * @param tasks where windows are read and written
 * @param clock of the job
 */
record RunPorts(Source source, Unloading unloading, Lake lake, ExportState state, WindowTasks tasks, Clock clock) {

    /**
     * How a cluster unloads.
     *
     * @param tempdir where to, {@code s3://bucket/prefix} without a slash at its end
     * @param role as it follows {@code IAM_ROLE}: {@code default}, or ARNs separated by commas
     * @param few rows of a window that are rather fetched over JDBC; see {@link ReadingPlan#FEW}
     */
    record Unloading(String tempdir, String role, long few) {}
}
