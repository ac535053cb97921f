/** What the handler returns for a tick, and the outcomes of a cluster. Pure. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.result;

import org.jspecify.annotations.NullMarked;
