/** The CDK app: one stack that runs everything, a construct for each concern. */
@NullMarked
package io.github.redshiftquerylogs.infra;

import org.jspecify.annotations.NullMarked;
