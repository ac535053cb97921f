/** The SQL files for Athena: how those that depend on the exported tables are rendered, and the order of the views. */
@NullMarked
package io.github.redshiftquerylogs.ddl;

import org.jspecify.annotations.NullMarked;
