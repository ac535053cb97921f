@NullMarked
package io.github.redshiftquerylogs.sandbox.redshift;

import org.jspecify.annotations.NullMarked;
