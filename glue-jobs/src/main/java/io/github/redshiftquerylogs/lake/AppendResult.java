package io.github.redshiftquerylogs.lake;

/**
 * How an append ended.
 *
 * @param outcome three ways, never two
 * @param reason why it did not happen, in Iceberg's words; empty if it did
 */
public record AppendResult(Outcome outcome, String reason) {

    /** Three ways, never two. */
    public enum Outcome {
        /** The rows are in the lake. */
        COMMITTED,
        /** The rows are not in the lake, and their files were deleted: start over from a fresh base. */
        REFUSED,
        /** Nobody knows yet; the files must stay. Start over from a fresh base, which shows what happened. */
        UNKNOWN
    }
}
