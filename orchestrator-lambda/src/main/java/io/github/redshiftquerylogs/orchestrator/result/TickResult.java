package io.github.redshiftquerylogs.orchestrator.result;

import java.util.List;

/**
 * What one tick did; the handler's result.
 *
 * @param tick the time of the tick, ISO-8601 in UTC
 * @param clusters one entry for each entry of the list of enabled clusters, by name
 */
public record TickResult(String tick, List<ClusterResult> clusters) {}
