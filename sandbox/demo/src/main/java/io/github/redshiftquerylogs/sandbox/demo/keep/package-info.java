/** A demo that is kept running: its control port, the file by which other processes find it, and its instructions. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.keep;

import org.jspecify.annotations.NullMarked;
