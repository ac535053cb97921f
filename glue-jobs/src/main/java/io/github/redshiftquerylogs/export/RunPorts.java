package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.lake.Lake;
import io.github.redshiftquerylogs.lake.PartitionRewriter;
import io.github.redshiftquerylogs.querydays.QueryDay;
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
 * @param queryDay groups the queries of a sealed day
 * @param rewriter compacts files of the lake
 * @param clock the job's clock
 */
record RunPorts(
        TransferPorts transfer,
        Lake lake,
        ExportState state,
        QueryDay queryDay,
        PartitionRewriter rewriter,
        Clock clock) {

    /** The same ports, at which the cluster only lets read, where it can be told so. */
    RunPorts readOnly() {
        return new RunPorts(
                new TransferPorts(source().readOnly(), transfer.unloading(), transfer.tasks()),
                lake,
                state,
                queryDay,
                rewriter,
                clock);
    }

    Source source() {
        return transfer.source();
    }
}
