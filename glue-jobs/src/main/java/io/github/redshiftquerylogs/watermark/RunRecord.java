package io.github.redshiftquerylogs.watermark;

import java.time.Instant;

/**
 * The stored summary of a run.
 *
 * @param runId Glue's id of the run
 * @param status {@code succeeded}, {@code failed} or {@code clock}
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param summary the whole summary, as JSON
 */
public record RunRecord(String runId, String status, Instant startedAt, Instant finishedAt, String summary) {}
