@NullMarked
package io.github.redshiftquerylogs.orchestrator.environment;

import org.jspecify.annotations.NullMarked;
