/** Reading a cluster, over JDBC or by the Data API. */
@NullMarked
package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.NullMarked;
