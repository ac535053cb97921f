package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;

/**
 * How far a table was read, according to the lake and the stored state: all that a step starts from.
 *
 * @param table the lake's table
 * @param base the cluster's position in it, and the base of the step's commit
 * @param point where the step begins
 * @param stored the stored state, which the step's watermark replaces
 */
public record TablePosition(LakeTable table, LakePosition base, StartingPoint point, TableState stored) {

    /** The position in the lake as of now. */
    public static TablePosition of(LakeTable table, TableState stored) {
        LakePosition base = table.position(stored.watermark().flatMap(Watermark::maxLogTime));
        return new TablePosition(
                table, base, StartingPoint.of(stored.watermark(), base.tableUuid(), base.maxLogTime()), stored);
    }
}
