@NullMarked
package io.github.redshiftquerylogs.orchestrator.schedule;

import org.jspecify.annotations.NullMarked;
