/** What is known about snapshots: which were taken, which were not, and which show everything. */
@NullMarked
package io.github.redshiftquerylogs.snapshot;

import org.jspecify.annotations.NullMarked;
