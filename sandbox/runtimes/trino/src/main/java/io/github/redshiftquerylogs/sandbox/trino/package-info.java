/** Trino on the loopback interface, with the lake as its catalog. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.trino;

import org.jspecify.annotations.NullMarked;
