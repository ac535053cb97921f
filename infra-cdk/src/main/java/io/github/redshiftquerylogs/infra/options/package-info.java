/** Options of a deployment, and their parser and checks; pure. */
@NullMarked
package io.github.redshiftquerylogs.infra.options;

import org.jspecify.annotations.NullMarked;
