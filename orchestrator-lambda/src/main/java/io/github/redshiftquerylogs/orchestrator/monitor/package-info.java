/** Observation of clusters: a daily inventory, freshness of the exported data, metrics. Never fails a tick. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.monitor;

import org.jspecify.annotations.NullMarked;
