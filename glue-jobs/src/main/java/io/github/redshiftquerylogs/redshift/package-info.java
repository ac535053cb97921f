/** Reading a cluster over JDBC. */
@NullMarked
package io.github.redshiftquerylogs.redshift;

import org.jspecify.annotations.NullMarked;
