/** Export declarations: the YAML files that define what is exported, and the types that they are read into. */
@NullMarked
package io.github.redshiftquerylogs.declaration;

import org.jspecify.annotations.NullMarked;
