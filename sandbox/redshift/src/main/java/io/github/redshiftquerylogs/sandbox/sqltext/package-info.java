/** Texts of statements: templates, unusual characters, and fragments of 200 bytes as Redshift stores them. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.sqltext;

import org.jspecify.annotations.NullMarked;
