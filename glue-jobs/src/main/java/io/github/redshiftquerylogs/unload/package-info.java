/** UNLOAD: the statement, its manifest, and the files in S3 until they are read. */
@NullMarked
package io.github.redshiftquerylogs.unload;

import org.jspecify.annotations.NullMarked;
