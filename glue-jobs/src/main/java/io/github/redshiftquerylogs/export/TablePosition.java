package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.LakePosition;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.watermark.StartingPoint;
import io.github.redshiftquerylogs.watermark.TableState;

/**
 * How far a table was read, according to the lake and the stored state: all that a step starts from.
 *
 * @param table the lake's table
 * @param base the cluster's position in it, and the base of the step's commit
 * @param point where the step begins
 * @param stored the stored state, which the step's watermark replaces
 */
record TablePosition(LakeTable table, LakePosition base, StartingPoint point, TableState stored) {}
