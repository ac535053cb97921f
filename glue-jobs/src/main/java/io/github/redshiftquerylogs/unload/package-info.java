/** UNLOAD: its statement, its manifest, and its folder in S3. */
@NullMarked
package io.github.redshiftquerylogs.unload;

import org.jspecify.annotations.NullMarked;
