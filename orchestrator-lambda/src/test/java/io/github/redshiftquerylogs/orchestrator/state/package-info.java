@NullMarked
package io.github.redshiftquerylogs.orchestrator.state;

import org.jspecify.annotations.NullMarked;
