package io.github.redshiftquerylogs.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Lets old snapshots of a table expire, with the files that no other snapshot has. Rows stay: the current snapshot and those before
 * it are kept, at least the last ones, and each that is younger than a day. A run takes less than an hour, so the base of its
 * commit is there.
 */
final class SnapshotExpiry {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int KEPT_AT_LEAST = 50;

    private SnapshotExpiry() {}

    /**
     * Expires.
     *
     * @param now the job's clock
     * @return the number of snapshots that have expired
     */
    static int expire(Table table, Instant now) {
        ExpireSnapshots expiry = table.expireSnapshots()
                .expireOlderThan(now.minus(KEPT).toEpochMilli())
                .retainLast(KEPT_AT_LEAST)
                // only files that no snapshot has any more
                .cleanExpiredFiles(true);
        Collection<Snapshot> old = expiry.apply();
        if (!old.isEmpty()) {
            expiry.commit();
        }
        return old.size();
    }
}
