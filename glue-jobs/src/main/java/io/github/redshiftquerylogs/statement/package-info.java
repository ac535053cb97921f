/** What the text of a statement says: its kind, the object that it changes, and its shape without literals. Pure. */
@NullMarked
package io.github.redshiftquerylogs.statement;

import org.jspecify.annotations.NullMarked;
