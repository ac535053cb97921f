/** The warm-up that records Spark's archive of classes; the module is otherwise a class path. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.spark;

import org.jspecify.annotations.NullMarked;
