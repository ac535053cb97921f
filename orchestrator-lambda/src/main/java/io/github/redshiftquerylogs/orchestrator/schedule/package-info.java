/** When a cluster is due: its interval, and backoff after failed runs. Pure. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.schedule;

import org.jspecify.annotations.NullMarked;
