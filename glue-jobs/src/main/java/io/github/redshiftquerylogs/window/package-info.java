/** Windows of {@code log_time}: how a run cuts time, and how far it may read. */
@NullMarked
package io.github.redshiftquerylogs.window;

import org.jspecify.annotations.NullMarked;
