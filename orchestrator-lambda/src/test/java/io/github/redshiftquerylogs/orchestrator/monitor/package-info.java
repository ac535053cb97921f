@NullMarked
package io.github.redshiftquerylogs.orchestrator.monitor;

import org.jspecify.annotations.NullMarked;
