/** What synthesised policies allow, evaluated as IAM does. */
@NullMarked
package io.github.redshiftquerylogs.infra.policy;

import org.jspecify.annotations.NullMarked;
