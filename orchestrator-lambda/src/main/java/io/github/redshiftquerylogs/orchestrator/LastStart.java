package io.github.redshiftquerylogs.orchestrator;

import java.time.Instant;

/**
 * The last start of a cluster's job.
 *
 * @param tick the time of the tick that started it
 * @param runId Glue's id of the run
 */
record LastStart(Instant tick, String runId) {}
