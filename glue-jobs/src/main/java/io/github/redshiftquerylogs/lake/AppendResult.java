package io.github.redshiftquerylogs.lake;

/** The result of an append: committed, refused or unknown. */
public sealed interface AppendResult {

    /** The rows are in the lake. */
    record Committed() implements AppendResult {}

    /**
     * The rows are not in the lake, and their files were deleted. Start over from a fresh base.
     *
     * @param reason in Iceberg's words
     */
    record Refused(String reason) implements AppendResult {}

    /**
     * Whether the rows are in the lake is unknown, so their files stay. Start over from a fresh base, which shows it.
     *
     * @param reason in Iceberg's words
     */
    record Unknown(String reason) implements AppendResult {}
}
