/** Parts that several constructs use: the files to deploy, the key, custom resources, log retention, the tag. */
@NullMarked
package io.github.redshiftquerylogs.infra.foundation;

import org.jspecify.annotations.NullMarked;
