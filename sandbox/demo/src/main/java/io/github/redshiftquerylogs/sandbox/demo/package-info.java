/** The command line of {@code ./demo} and the course of a demonstration. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo;

import org.jspecify.annotations.NullMarked;
