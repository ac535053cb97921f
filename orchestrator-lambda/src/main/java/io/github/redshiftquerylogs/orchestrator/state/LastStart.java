package io.github.redshiftquerylogs.orchestrator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last start of a cluster's job.
 *
 * @param tick the time of the tick that started it
 * @param runId Glue's id of the run
 * @param failures how many runs in a row had failed before this one
 * @param lastRunSeen the run that had left the latest summary when this one was started, if any had
 */
public record LastStart(
        Instant tick, String runId, int failures, @Nullable String lastRunSeen) {}
