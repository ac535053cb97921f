/**
 * The HTTP endpoint's protocols: requests, replies, errors, paging, recorded calls and injected faults; shared by all
 * services.
 */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.wire;

import org.jspecify.annotations.NullMarked;
