/** The contract between Lambda, job and deployment: job arguments, state entries, metric and resource names. */
@NullMarked
package io.github.redshiftquerylogs.contract;

import org.jspecify.annotations.NullMarked;
