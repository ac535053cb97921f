package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.redshift.Source;

/**
 * Decides whether the next window of a table is fetched or unloaded; pure. Over JDBC small windows are fetched: an
 * UNLOAD takes seconds whatever its size, about as long as fetching 200,000 rows. The Data API stores a result, returns
 * it in pages of a megabyte, and stores at most 500 MB; so it always unloads. Snapshots are small, and catalogs are not
 * expected to be unloaded; so they are fetched first over the Data API too.
 *
 * @param way of access to the cluster
 * @param fetchThreshold windows of at most this many rows are fetched over JDBC
 * @param small whether few rows are expected in any case, as in a snapshot
 * @param unloads false once the cluster has refused to unload this table
 * @param rowsBefore the rows of the previous window of this run; a large window is likely to be followed by another one
 */
public record ReadingPlan(Source.Way way, long fetchThreshold, boolean small, boolean unloads, long rowsBefore) {

    /** The fetch threshold on AWS, in rows. */
    public static final long FETCH_THRESHOLD = 200_000;

    /** The maximum number of rows to fetch; a window with more rows is unloaded. 0: unload without trying to fetch. */
    public long fetchAtMost() {
        if (!unloads) {
            return Long.MAX_VALUE;
        }
        return (way == Source.Way.JDBC || small) && rowsBefore <= fetchThreshold ? fetchThreshold : 0;
    }
}
