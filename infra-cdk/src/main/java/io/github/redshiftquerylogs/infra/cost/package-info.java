/** Estimates the cost of a deployment from public prices; pure. */
@NullMarked
package io.github.redshiftquerylogs.infra.cost;

import org.jspecify.annotations.NullMarked;
