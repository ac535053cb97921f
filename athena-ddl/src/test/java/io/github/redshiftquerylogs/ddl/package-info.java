/** Tests of the SQL: what is rendered, what is pasted, and the answers that it gives. */
@NullMarked
package io.github.redshiftquerylogs.ddl;

import org.jspecify.annotations.NullMarked;
