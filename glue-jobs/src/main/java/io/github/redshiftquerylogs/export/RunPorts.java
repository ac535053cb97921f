package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.watermark.ExportState;
import java.time.Clock;

/**
 * What a run works with.
 *
 * @param transfer the cluster, and what reads its windows
 * @param lake the target of the rows
 * @param state the memory of earlier runs
 * @param clock of the job
 */
record RunPorts(TransferPorts transfer, Lake lake, ExportState state, Clock clock) {

    Source source() {
        return transfer.source();
    }
}
