/** State of clusters between ticks: last start, last run, applied job definition, notes. Stored in DynamoDB. */
@NullMarked
package io.github.redshiftquerylogs.orchestrator.state;

import org.jspecify.annotations.NullMarked;
