/** Calls to AWS: how they fail, what is retried, and how much time an invocation has left. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.call;

import org.jspecify.annotations.NullMarked;
