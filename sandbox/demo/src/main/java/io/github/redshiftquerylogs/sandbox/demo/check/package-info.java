/** Compares the lake with the rows that the clusters logged. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.check;

import org.jspecify.annotations.NullMarked;
