/** Clusters under load, and their clock. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.load;

import org.jspecify.annotations.NullMarked;
