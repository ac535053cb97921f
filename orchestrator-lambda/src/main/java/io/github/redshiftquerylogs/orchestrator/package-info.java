/**
 * The scheduled handler: which clusters are due, what their jobs look like, starting runs.
 *
 * <p>One way through: event → settings → due clusters → started runs → result. The decisions ({@code Schedule}, {@code
 * FailureBackoff}, {@code JobCare}, {@code JobDefinition}, {@code JobDrift}, {@code CallFailure}, {@code ScheduledEvent},
 * {@code Environment}, {@code Backoff}) are pure; the calls
 * to AWS are in {@code SdkGlueJobs} and {@code DynamoDbStateTable}.
 */
@NullMarked
package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.NullMarked;
