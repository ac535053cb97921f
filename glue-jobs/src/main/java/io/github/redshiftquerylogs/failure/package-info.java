/** The failures of an export that have a cause outside of this program, each with a category. */
@NullMarked
package io.github.redshiftquerylogs.failure;

import org.jspecify.annotations.NullMarked;
