/** Runs of Glue Spark jobs as processes of spark-submit. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.spark;

import org.jspecify.annotations.NullMarked;
