package io.github.redshiftquerylogs.orchestrator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the Lambda has noted of a cluster, for its description and its metrics; no start depends on it.
 *
 * @param firstTick the first tick that found the cluster enabled, and not waiting for its credentials
 * @param lastLook the last tick that looked it up among the clusters of Redshift, whether or not it was there
 * @param countedRun the run whose rows were published last
 */
public record Seen(
        Instant firstTick,
        @Nullable Instant lastLook,
        @Nullable String countedRun) {}
