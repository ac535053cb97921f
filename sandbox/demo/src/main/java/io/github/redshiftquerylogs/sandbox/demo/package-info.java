/** The whole pipeline on one machine: what {@code ./demo} runs. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo;

import org.jspecify.annotations.NullMarked;
