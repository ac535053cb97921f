/** Cluster settings and their Parameter Store reader. */
@NullMarked
package io.github.redshiftquerylogs.settings;

import org.jspecify.annotations.NullMarked;
