/** Glue jobs, their runs, connections and tags. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.jobs;

import org.jspecify.annotations.NullMarked;
