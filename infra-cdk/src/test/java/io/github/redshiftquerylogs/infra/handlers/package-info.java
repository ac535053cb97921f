/** The custom resources' handlers, run by Node with the SDK that they have on AWS. */
@NullMarked
package io.github.redshiftquerylogs.infra.handlers;

import org.jspecify.annotations.NullMarked;
