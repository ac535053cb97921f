package io.github.redshiftquerylogs.lake;

/** What became of a compaction. The rows of the lake are the same in each case. */
public sealed interface CompactionResult {

    /**
     * The files were replaced.
     *
     * @param before the files of the day before
     * @param after its files now
     */
    record Compacted(DayFiles before, DayFiles after) implements CompactionResult {}

    /** The files are compact, or somebody else has replaced some of them meanwhile. */
    record NothingToDo() implements CompactionResult {}

    /**
     * The day would not have the rows that it must have. Nothing was committed, and what was written is deleted.
     *
     * @param reason what was expected
     */
    record Refused(String reason) implements CompactionResult {}

    /**
     * Whether the commit happened is unknown, so nothing is deleted.
     *
     * @param reason in Iceberg's words
     */
    record Unknown(String reason) implements CompactionResult {}
}
