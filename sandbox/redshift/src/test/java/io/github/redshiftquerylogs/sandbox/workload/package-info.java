@NullMarked
package io.github.redshiftquerylogs.sandbox.workload;

import org.jspecify.annotations.NullMarked;
