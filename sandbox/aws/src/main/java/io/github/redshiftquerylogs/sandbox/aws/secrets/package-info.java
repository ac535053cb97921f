/** Secrets Manager, and the forms in which a leaked password may appear. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.secrets;

import org.jspecify.annotations.NullMarked;
