package io.github.redshiftquerylogs.sandbox.workload;

/** How the rows of a statement in the SYS views become final. */
enum Fate {
    /** With the end, or shortly after it. */
    ON_TIME,
    /** Minutes after the end. */
    SLOW,
    /** Hours after the end. */
    LATE,
    /** With the end, with a status that no documentation has. */
    UNKNOWN_STATUS,
    /** The statement runs for ever, with an end. */
    NEVER;

    /**
     * The fate of a run.
     *
     * @param number counts the runs of the statement from 0
     */
    static Fate of(QueryShape shape, int number) {
        return switch (shape) {
            case QUEUED -> SLOW;
            case NULL_END -> LATE;
            case SENTINEL_END -> NEVER;
            case TIED -> number == 2 ? UNKNOWN_STATUS : ON_TIME;
            default -> ON_TIME;
        };
    }

    /** Whether a complete lake has the rows. */
    LogRow.Entry entry() {
        return switch (this) {
            case ON_TIME, SLOW -> LogRow.Entry.REQUIRED;
            case LATE, UNKNOWN_STATUS -> LogRow.Entry.OPTIONAL;
            case NEVER -> LogRow.Entry.NONE;
        };
    }
}
