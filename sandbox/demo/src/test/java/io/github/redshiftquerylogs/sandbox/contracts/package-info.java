/** The two packaged jars on their own: under AWS's runtime interface client, spark-submit and Glue's script. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.contracts;

import org.jspecify.annotations.NullMarked;
