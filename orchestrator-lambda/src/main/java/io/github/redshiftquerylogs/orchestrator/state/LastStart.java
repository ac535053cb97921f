package io.github.redshiftquerylogs.orchestrator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last start of a cluster's job.
 *
 * @param tick time of the tick that started it
 * @param runId Glue's id of the run
 * @param failures number of consecutive failed runs before it
 * @param lastRunSeen id of the run with the latest summary at that time, if there was one
 */
public record LastStart(
        Instant tick, String runId, int failures, @Nullable String lastRunSeen) {}
