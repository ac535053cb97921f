/** The Glue job of a cluster: its definition, drift from it, upkeep, and the start of a run. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.job;

import org.jspecify.annotations.NullMarked;
