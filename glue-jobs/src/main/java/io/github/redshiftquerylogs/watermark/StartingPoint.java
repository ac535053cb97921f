package io.github.redshiftquerylogs.watermark;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The point from which a table is read; pure. The lake is the truth, the watermark a fast index: if the lake's greatest
 * {@code log_time} lies between the one that the watermark was written with and the watermark, everything up to the watermark
 * was read; it has grown if a late row was added behind it. In every other case (a crash after the commit, a lost or old DynamoDB table, a lake that was rolled back or replaced)
 * the lake's greatest {@code log_time} decides.
 *
 * @param from everything up to here, inclusive, is in the lake; empty if nothing was ever read
 * @param origin what it is based on
 */
public record StartingPoint(Optional<LocalDateTime> from, Origin origin) {

    /** What a starting point is based on. */
    public enum Origin {
        /** The watermark and the lake agree. */
        WATERMARK,
        /** The lake alone; the watermark is missing or void. */
        LAKE,
        /** Neither: the first export of this table from this cluster. */
        FIRST_EXPORT
    }

    /**
     * Decides the starting point.
     *
     * @param watermark the stored watermark
     * @param tableUuid the current identity of the lake's table
     * @param maxLogTime the current greatest {@code log_time} of the cluster in the lake
     */
    public static StartingPoint of(
            Optional<Watermark> watermark, String tableUuid, Optional<LocalDateTime> maxLogTime) {
        Optional<Watermark> valid = watermark
                .filter(mark -> mark.tableUuid().equals(tableUuid))
                // a lake with less was rolled back
                .filter(mark -> mark.maxLogTime()
                        .filter(then ->
                                maxLogTime.filter(now -> !now.isBefore(then)).isEmpty())
                        .isEmpty())
                // behind its own lake it would lead to rows that are there already
                .filter(mark -> maxLogTime.isEmpty() || !mark.readUpTo().isBefore(maxLogTime.get()));
        if (valid.isPresent()) {
            return new StartingPoint(valid.map(Watermark::readUpTo), Origin.WATERMARK);
        }
        return new StartingPoint(maxLogTime, maxLogTime.isPresent() ? Origin.LAKE : Origin.FIRST_EXPORT);
    }
}
