/** The job: one run for one cluster, which exports all tables side by side, each on its own. */
@NullMarked
package io.github.redshiftquerylogs.export;

import org.jspecify.annotations.NullMarked;
