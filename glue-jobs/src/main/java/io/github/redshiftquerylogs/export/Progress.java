package io.github.redshiftquerylogs.export;

import java.time.LocalDateTime;

/** What one step of a table's export led to. */
sealed interface Progress {

    /**
     * The watermark has moved.
     *
     * @param to everything up to here, inclusive, was read; UTC
     */
    record ReadUpTo(LocalDateTime to) implements Progress {}

    /** The watermark waits for the next run, because nothing proves that there is no row. */
    record Waits() implements Progress {}

    /**
     * Another run or cluster was first: the step starts over.
     *
     * @param reason why
     */
    record StartsOver(String reason) implements Progress {}
}
