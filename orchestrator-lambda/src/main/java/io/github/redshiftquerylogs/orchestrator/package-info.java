/**
 * The Lambda: a scheduled handler that starts the Glue job of each cluster that is due.
 *
 * <p>A tick has one direction: event → settings → due clusters → started runs → result → inventory and metrics. This
 * package puts the parts together; they do not depend on it:
 *
 * <ul>
 *   <li>{@code monitor}: daily inventory of the clusters, freshness of their data, metrics
 *   <li>{@code job}: definition of a Glue job, drift, upkeep, start
 *   <li>{@code connection}: lookup of a cluster, its Glue connection
 *   <li>{@code schedule}: when a cluster is due, backoff after failed runs
 *   <li>{@code state}: what is remembered between ticks
 *   <li>{@code call}: failures of calls to AWS, retries, the deadline of an invocation
 *   <li>{@code environment}: environment variables
 *   <li>{@code result}: what the handler returns
 * </ul>
 *
 * <p>{@code ArchitectureTest} lists which package may use which. Calls to AWS are in classes whose names begin with
 * {@code Sdk}, {@code Ssm}, {@code DynamoDb} or {@code Emf}, each behind an interface; everything else is tested without
 * them.
 */
@NullMarked
package io.github.redshiftquerylogs.orchestrator;

import org.jspecify.annotations.NullMarked;
