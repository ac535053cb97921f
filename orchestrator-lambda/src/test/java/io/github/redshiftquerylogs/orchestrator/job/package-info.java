@NullMarked
package io.github.redshiftquerylogs.orchestrator.job;

import org.jspecify.annotations.NullMarked;
