/** Output to the terminal: progress and tables. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.terminal;

import org.jspecify.annotations.NullMarked;
