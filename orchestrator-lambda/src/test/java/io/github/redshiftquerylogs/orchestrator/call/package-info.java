@NullMarked
package io.github.redshiftquerylogs.orchestrator.call;

import org.jspecify.annotations.NullMarked;
