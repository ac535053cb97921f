/** Sealed days: which past days are to be completed, and the evidence that they are. */
@NullMarked
package io.github.redshiftquerylogs.seal;

import org.jspecify.annotations.NullMarked;
