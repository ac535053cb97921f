/** Runs that are killed, what a demonstration with faults has done, and what it found. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.chaos;

import org.jspecify.annotations.NullMarked;
