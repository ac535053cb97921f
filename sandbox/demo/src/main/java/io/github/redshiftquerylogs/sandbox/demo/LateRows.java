package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import io.github.redshiftquerylogs.sandbox.demo.tick.Ticks;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** Rows of past days that a cluster shows hours and a day late, and a run by hand that seals these days again. */
final class LateRows {

    private static final int LONGEST_ANSWER = 20;

    private final DeployedSandbox sandbox;
    private final SandboxCluster cluster;

    /** The last day that is over. */
    private final LocalDate last;

    LateRows(DeployedSandbox sandbox, SandboxCluster cluster) {
        this.sandbox = sandbox;
        this.cluster = cluster;
        this.last = cluster.now().toLocalDate().minusDays(1);
    }

    /** Writes them; returns when they are visible, on the cluster's clock. */
    LocalDateTime write() {
        return cluster.lateStatements(
                List.of(last.minusDays(1).atTime(12, 0, 1), last.atTime(12, 0, 1), last.atTime(23, 50, 1)));
    }

    /**
     * Seals these days again, and waits for the run.
     *
     * @return whether it succeeded
     */
    boolean seal(Ticks ticks) throws InterruptedException {
        return ticks.succeeded(
                cluster.name(), sandbox.startRun(cluster.name(), Map.of("--reseal", last.minusDays(1) + ".." + last)));
    }

    /** What the lake says about these days. */
    TextTable evidence(LakeReader lake) throws SQLException {
        return lake.answer(
                "select table_name, day, state, source_rows, lake_rows, late_rows, latest_seconds, revision, substr(checksum, 1, 8)"
                        + " as checksum from completeness where cluster_name = '"
                        + cluster.name() + "' and late_rows > 0 order by table_name, day",
                LONGEST_ANSWER);
    }
}
