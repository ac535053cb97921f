package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.redshift.Source;

/**
 * The collaborators of a transfer.
 *
 * @param source the cluster
 * @param unloading the settings of UNLOAD
 * @param tasks runs the tasks that read and write windows
 */
public record TransferPorts(Source source, Unloading unloading, WindowTasks tasks) {}
