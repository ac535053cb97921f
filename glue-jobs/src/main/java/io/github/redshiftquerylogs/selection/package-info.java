/** Which exports a cluster has: from lists in parameters, sets, and what suits the source. Pure. */
@NullMarked
package io.github.redshiftquerylogs.selection;

import org.jspecify.annotations.NullMarked;
