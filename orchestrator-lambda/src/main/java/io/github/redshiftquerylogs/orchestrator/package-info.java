/**
 * The scheduled handler: which clusters are due, what their jobs look like, how they are reached, starting runs, and how
 * fresh the data are.
 *
 * <p>One way through: event → settings → due clusters → started runs → result → descriptions and metrics. The decisions
 * ({@code Schedule}, {@code FailureBackoff}, {@code JobCare}, {@code JobDefinition}, {@code JobDrift}, {@code
 * ConnectionDefinition}, {@code ClusterSubnet}, {@code Obstacle}, {@code TickMetrics}, {@code CallFailure}, {@code
 * ScheduledEvent}, {@code Environment}, {@code Backoff}) are pure; the calls to AWS are in {@code SdkGlueJobs}, {@code
 * SdkGlueConnections}, {@code SdkClusterDirectory}, {@code SsmConnectionRecord}, {@code DynamoDbStateTable} and {@code
 * DynamoDbWatchTable}.
 */
@NullMarked
package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.NullMarked;
