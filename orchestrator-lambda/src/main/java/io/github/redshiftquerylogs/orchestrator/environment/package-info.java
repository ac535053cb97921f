/** The environment variables of the Lambda. Pure. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.environment;

import org.jspecify.annotations.NullMarked;
