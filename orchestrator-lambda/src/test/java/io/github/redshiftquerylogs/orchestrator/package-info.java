@NullMarked
package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.NullMarked;
