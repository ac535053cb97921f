package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.redshift.Source;

/**
 * How the next window of a table is read; pure. Over JDBC rows are fetched as long as they are few: an UNLOAD costs
 * seconds, whatever it writes, and 200,000 rows are fetched in about that time. The Data API would keep a result first,
 * and give it out in pages of a megabyte, and at most 500 MB; so it always unloads.
 *
 * @param way to the cluster
 * @param few rows that are rather fetched than unloaded
 * @param unloads whether the cluster unloads this table, as far as is known
 * @param rowsBefore rows of the window that was read before in this run; a large one is likely to be followed by another
 */
record ReadingPlan(Source.Way way, long few, boolean unloads, long rowsBefore) {

    /** What is few on AWS. */
    static final long FEW = 200_000;

    /** The most rows to fetch; with more of them, or if it is none, the window is unloaded. */
    long fetchAtMost() {
        if (!unloads) {
            return Long.MAX_VALUE;
        }
        return way == Source.Way.JDBC && rowsBefore <= few ? few : 0;
    }
}
