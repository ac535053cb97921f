/** Faults of a network and of the services behind it: which request suffers which one, and the proxies that make it suffer. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.faults;

import org.jspecify.annotations.NullMarked;
