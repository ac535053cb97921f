package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.redshift.Source;

/**
 * What a transfer works with.
 *
 * @param source the cluster that is read
 * @param unloading how the cluster unloads
 * @param tasks runs the tasks that read and write windows
 */
public record TransferPorts(Source source, Unloading unloading, WindowTasks tasks) {}
