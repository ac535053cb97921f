/** The source: sessions at a Redshift cluster over JDBC or the Data API. It must not depend on {@code lake}. */
@NullMarked
package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.NullMarked;
