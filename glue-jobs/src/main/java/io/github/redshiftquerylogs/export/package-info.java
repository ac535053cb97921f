/** The job: one run for one cluster, all tables in parallel, each on its own. */
@NullMarked
package io.github.redshiftquerylogs.export;

import org.jspecify.annotations.NullMarked;
