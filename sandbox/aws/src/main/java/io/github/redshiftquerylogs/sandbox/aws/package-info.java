/**
 * AWS on one machine, for the demo and for tests: {@link io.github.redshiftquerylogs.sandbox.aws.LocalAws} starts all
 * of it, {@link io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint} the services that run in this process.
 */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws;

import org.jspecify.annotations.NullMarked;
