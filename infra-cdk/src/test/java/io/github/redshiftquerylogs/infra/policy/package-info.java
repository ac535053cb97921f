/** Evaluates synthesized policies by the rules of IAM. */
@NullMarked
package io.github.redshiftquerylogs.infra.policy;

import org.jspecify.annotations.NullMarked;
