/** The CDK app and its stack, which puts the constructs of the other packages together. */
@NullMarked
package io.github.redshiftquerylogs.infra;

import org.jspecify.annotations.NullMarked;
