/** Deploys the system to the local AWS, adds clusters to it and calls the Lambda. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.demo.deploy;

import org.jspecify.annotations.NullMarked;
