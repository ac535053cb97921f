/** Java child processes that end with this process, and the class paths that they are started with. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.process;

import org.jspecify.annotations.NullMarked;
