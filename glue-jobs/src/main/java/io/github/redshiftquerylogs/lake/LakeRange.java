package io.github.redshiftquerylogs.lake;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The times that the lake holds: Iceberg stores microseconds since 1970 in 64 bits, and days in 32. Redshift's timestamps end
 * later, and infinity is none.
 */
public final class LakeRange {

    private static final LocalDateTime EARLIEST = DateTimeUtil.timestampFromMicros(Long.MIN_VALUE);
    private static final LocalDateTime LATEST = DateTimeUtil.timestampFromMicros(Long.MAX_VALUE);
    private static final LocalDate FIRST_DAY = LocalDate.ofEpochDay(Integer.MIN_VALUE);
    private static final LocalDate LAST_DAY = LocalDate.ofEpochDay(Integer.MAX_VALUE);

    private LakeRange() {}

    /** Whether the lake can hold a value; true for all values but times. */
    public static boolean holds(@Nullable Object value) {
        if (value instanceof LocalDateTime time) {
            return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
        }
        if (value instanceof LocalDate day) {
            return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
        }
        return true;
    }
}
