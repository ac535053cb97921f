/** What a deployment may be told by context, and what of it is legal; pure. */
@NullMarked
package io.github.redshiftquerylogs.infra.options;

import org.jspecify.annotations.NullMarked;
