/** Questions of {@code athena-ddl/queries}, and the lake that Trino answers them from. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.ask;

import org.jspecify.annotations.NullMarked;
