/** The daily count: rows of a past day by hour, in the source and in the lake. */
@NullMarked
package io.github.redshiftquerylogs.count;

import org.jspecify.annotations.NullMarked;
