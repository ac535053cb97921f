@NullMarked
package io.github.redshiftquerylogs.orchestrator.connection;

import org.jspecify.annotations.NullMarked;
