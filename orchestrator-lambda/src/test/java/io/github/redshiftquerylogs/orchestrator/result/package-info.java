@NullMarked
package io.github.redshiftquerylogs.orchestrator.result;

import org.jspecify.annotations.NullMarked;
