package io.github.redshiftquerylogs.watermark;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Where to go on; pure. The lake is the truth, the watermark the fast index: if the lake still has the greatest
 * {@code log_time} that the watermark was written with, everything up to the watermark was read. In every other case
 * (crash after the commit, DynamoDB lost or old, lake rolled back or replaced) the lake itself says how far it is.
 *
 * @param from everything up to here, inclusive, is in the lake; empty if nothing was ever read
 * @param origin what it rests on
 */
public record StartingPoint(Optional<LocalDateTime> from, Origin origin) {

    /** What a starting point rests on. */
    public enum Origin {
        /** The watermark and the lake agree. */
        WATERMARK,
        /** The lake alone; the watermark is missing or void. */
        LAKE,
        /** Neither: the first export of this table from this cluster. */
        FIRST_EXPORT
    }

    /**
     * Decides.
     *
     * @param watermark what is stored
     * @param tableUuid the identity of the lake's table now
     * @param maxLogTime the greatest {@code log_time} that the lake has for the cluster now
     */
    public static StartingPoint of(
            Optional<Watermark> watermark, String tableUuid, Optional<LocalDateTime> maxLogTime) {
        Optional<Watermark> valid = watermark.filter(
                mark -> mark.tableUuid().equals(tableUuid) && mark.maxLogTime().equals(maxLogTime));
        if (valid.isPresent()) {
            return new StartingPoint(valid.map(Watermark::readUpTo), Origin.WATERMARK);
        }
        return new StartingPoint(maxLogTime, maxLogTime.isPresent() ? Origin.LAKE : Origin.FIRST_EXPORT);
    }
}
