/**
 * The contract between Lambda, job and deployment: job arguments and Spark settings, the Lambda's environment variables,
 * entries and attributes of the state table, metric and resource names. {@code docs/contracts.md} describes it.
 */
@NullMarked
package io.github.redshiftquerylogs.contract;

import org.jspecify.annotations.NullMarked;
