/** Resources, permissions and parameters of the Glue jobs. The Lambda creates the jobs themselves. */
@NullMarked
package io.github.redshiftquerylogs.infra.job;

import org.jspecify.annotations.NullMarked;
