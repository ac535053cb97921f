/** The Redshift Data API: statements that run in the background on a Redshift stand-in. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import org.jspecify.annotations.NullMarked;
