/** Ticks of the schedule and the reports of the runs that they start. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.tick;

import org.jspecify.annotations.NullMarked;
