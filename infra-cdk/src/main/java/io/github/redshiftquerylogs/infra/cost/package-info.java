/** What a deployment costs, from public prices; pure. */
@NullMarked
package io.github.redshiftquerylogs.infra.cost;

import org.jspecify.annotations.NullMarked;
