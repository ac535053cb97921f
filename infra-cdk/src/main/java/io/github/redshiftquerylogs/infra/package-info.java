/** The CDK app: one stack, with a construct for each concern. */
@NullMarked
package io.github.redshiftquerylogs.infra;

import org.jspecify.annotations.NullMarked;
