package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.transfer.TransferPorts;
import io.github.redshiftquerylogs.watermark.ExportState;
import java.time.Clock;

/**
 * The collaborators of a run.
 *
 * @param transfer reads windows of the cluster
 * @param lake receives the rows
 * @param state remembers earlier runs
 * @param clock the job's clock
 */
record RunPorts(TransferPorts transfer, Lake lake, ExportState state, Clock clock) {

    Source source() {
        return transfer.source();
    }
}
