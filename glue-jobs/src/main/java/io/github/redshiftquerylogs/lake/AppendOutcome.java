package io.github.redshiftquerylogs.lake;

/** How an append ended: three ways, never two. */
public enum AppendOutcome {
    /** The rows are in the lake. */
    COMMITTED,
    /** The rows are not in the lake, and their files were deleted: start over from a fresh base. */
    REFUSED,
    /** Nobody knows yet; the files must stay. Start over from a fresh base, which shows what happened. */
    UNKNOWN
}
