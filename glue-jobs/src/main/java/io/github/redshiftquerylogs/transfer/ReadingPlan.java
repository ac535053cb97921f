package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.redshift.Source;

/**
 * How the next window of a table is read; pure. Over JDBC rows are fetched as long as they are few: an UNLOAD costs
 * seconds, whatever it writes, and 200,000 rows are fetched in about that time. The Data API would keep a result first,
 * and give it out in pages of a megabyte, and at most 500 MB; so it always unloads.
 *
 * @param way to the cluster
 * @param fetchThreshold windows with at most this many rows are fetched over JDBC, not unloaded
 * @param unloads whether the cluster unloads this table, as far as is known
 * @param rowsBefore rows of the window that was read before in this run; a large one is likely to be followed by another
 */
public record ReadingPlan(Source.Way way, long fetchThreshold, boolean unloads, long rowsBefore) {

    /** The fetch threshold on AWS, in rows of a window. */
    public static final long FETCH_THRESHOLD = 200_000;

    /** The most rows to fetch; with more of them, or if it is none, the window is unloaded. */
    public long fetchAtMost() {
        if (!unloads) {
            return Long.MAX_VALUE;
        }
        return way == Source.Way.JDBC && rowsBefore <= fetchThreshold ? fetchThreshold : 0;
    }
}
