package io.github.redshiftquerylogs.window;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * How long a cluster shows rows of its system tables: seven days, also while it is paused; pure.
 * https://docs.aws.amazon.com/redshift/latest/dg/c_intro_STL_tables.html
 */
public final class Retention {

    private static final Duration LENGTH = Duration.ofDays(7);
    /** While a backlog is read, the edge moves on. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final Duration ONE_DAY = Duration.ofDays(1);

    private Retention() {}

    /** Rows up to here may be trimmed already; UTC. */
    public static LocalDateTime edge(LocalDateTime now) {
        return now.minus(LENGTH);
    }

    /** A time before which no row is left; UTC. */
    public static LocalDateTime beyond(LocalDateTime now) {
        return edge(now).minus(ONE_DAY);
    }

    /**
     * Whether rows of this time are trimmed just now. A source that shows much older rows does not trim at the edge.
     *
     * @param row the first row that the source shows
     */
    public static boolean isTrimming(LocalDateTime row, LocalDateTime now) {
        return !row.isBefore(edge(now).minus(MARGIN)) && !row.isAfter(safeFrom(now));
    }

    /** Rows after this time stay for another hour; UTC. */
    public static LocalDateTime safeFrom(LocalDateTime now) {
        return edge(now).plus(MARGIN);
    }
}
