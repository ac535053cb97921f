package io.github.redshiftquerylogs.sandbox.workload;

/** Shapes of statements by their rows in the system tables: ordinary ones, and the edge cases of an export. */
public enum QueryShape {
    /** A query of milliseconds to seconds with text, plan, scans, WLM row, and now and then an alert. */
    ORDINARY(1, -1),
    /** Runs 40 minutes, so that it ends long after queries that began later; with rows in all six query tables. */
    LONG(1, 7),
    /** Three queries that end in the same microsecond. */
    TIED(3, 9),
    /**
     * Text of several fragments with quotes, newlines, tabs, backslashes, control characters, emoji, comments, trailing
     * blanks at the end of a fragment and a fragment of blanks only.
     */
    ODD_TEXT(1, 11),
    /** Three statements whose whole text is {@code None}, {@code \N} and {@code null}. */
    TEXT_LIKE_NULL(3, 13),
    /** Aborted. */
    ABORTED(1, 15),
    /**
     * One query id in two rows of {@code stl_query}, same user, other times; the second run ends 20 s after the first.
     * Text, plan, scans and alerts exist once, visible in time for the first run.
     */
    TWICE(1, 17),
    /** One query id under two users, each with text, plan and scans of its own, ending 10 s apart. */
    SHARED_ID(1, 19),
    /** Its WLM row ends at the sentinel 2000-01-01 00:00:00. */
    SENTINEL_END(1, 21),
    /** Its WLM row has no end. */
    NULL_END(1, 23),
    /** Two attempts in WLM: evicted, then completed under a new query id and the same task. */
    EVICTED(2, 25),
    /** Answered without touching a table: no scans, no alerts, no plan. */
    WITHOUT_SCANS(1, 27),
    /** Waited minutes in its queue. */
    QUEUED(1, 29),
    /** A join without a condition, visible in plan and alert. */
    NESTED_LOOP(1, 31),
    /** Tables without statistics, visible in plan and alert. */
    MISSING_STATISTICS(1, 36),
    /** A scan and an alert that are logged twice, identical in every column. */
    DUPLICATE_ROWS(1, 38),
    /** Redshift's own housekeeping, user 1. */
    SYSTEM(1, 40),
    /** A DDL statement of several fragments in {@code stl_ddltext}. */
    DDL(1, 42),
    /** A utility statement of several fragments in {@code stl_utilitytext}. */
    UTILITY(1, 44),
    /** A load, a load that fails, an unload, a call, a query of files, then a refresh, a vacuum and an analyze. */
    MAINTENANCE(8, 46);

    private final int ids;
    private final int minute;

    QueryShape(int ids, int minute) {
        this.ids = ids;
        this.minute = minute;
    }

    /** The number of its query ids. */
    int ids() {
        return ids;
    }

    /** Whether an edge case is due in this minute of the hour; none is due in an idle minute. */
    boolean endsInMinute(int minuteOfHour) {
        return minute == minuteOfHour;
    }
}
