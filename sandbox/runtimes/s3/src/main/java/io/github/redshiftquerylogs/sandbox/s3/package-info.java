/** An S3 server on the loopback interface. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.s3;

import org.jspecify.annotations.NullMarked;
