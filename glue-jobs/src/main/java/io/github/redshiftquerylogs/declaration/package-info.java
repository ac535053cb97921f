/** What is exported: declared, not coded. */
@NullMarked
package io.github.redshiftquerylogs.declaration;

import org.jspecify.annotations.NullMarked;
