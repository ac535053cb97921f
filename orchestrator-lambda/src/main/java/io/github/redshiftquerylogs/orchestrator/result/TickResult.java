package io.github.redshiftquerylogs.orchestrator.result;

import java.util.List;

/**
 * Result of a tick, and of the handler.
 *
 * @param tick the time of the tick, ISO-8601 in UTC
 * @param clusters one result for each entry of the list of enabled clusters, sorted by name
 */
public record TickResult(String tick, List<ClusterResult> clusters) {}
