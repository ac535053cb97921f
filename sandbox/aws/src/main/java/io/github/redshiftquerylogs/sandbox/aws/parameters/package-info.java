/** Parameter Store of Systems Manager. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.parameters;

import org.jspecify.annotations.NullMarked;
