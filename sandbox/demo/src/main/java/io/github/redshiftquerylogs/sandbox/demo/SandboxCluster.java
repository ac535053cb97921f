package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.redshift.Patch;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.LiveLoad;
import io.github.redshiftquerylogs.sandbox.workload.QueryShape;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.LoggerFactory;

/** One cluster of the sandbox: a Redshift stand-in with history, under a load that goes on. */
final class SandboxCluster implements AutoCloseable {

    static final String USER = "query_log_exporter";

    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration BETWEEN_STATEMENTS = Duration.ofMillis(977);
    private static final Duration SETTLED = Duration.ofSeconds(130);

    private final ClusterName name;
    private final String password;
    private final EmbeddedRedshift redshift;
    private final Ledger ledger;
    private final Workload workload;
    private final LiveLoad load;

    private SandboxCluster(ClusterName name, String password, Patch patch, long seed, Clock clock, Duration history) {
        this.name = name;
        this.password = password;
        this.redshift = EmbeddedRedshift.start(name.value(), USER, password, patch);
        this.ledger = new Ledger(redshift.tables());
        this.workload = new Workload(redshift, ledger, new WorkloadProfile(seed, 1.0, 4, Duration.ofMinutes(2)));
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        workload.writeHistory(now.minus(history), now);
        this.load = LiveLoad.start(workload, clock, STEP);
    }

    /**
     * Starts a cluster that has been busy for a while.
     *
     * @param clock virtual time
     * @param history how long it has been busy
     */
    static SandboxCluster start(
            ClusterName name, String password, Patch patch, long seed, Clock clock, Duration history) {
        return new SandboxCluster(name, password, patch, seed, clock, history);
    }

    ClusterName name() {
        return name;
    }

    String password() {
        return password;
    }

    EmbeddedRedshift redshift() {
        return redshift;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Lets one statement of each kind end within the next minute, a query that has run for 40 minutes among them. */
    void everyKindOfStatement() {
        load.pause();
        try {
            LocalDateTime end = workload.now().plusSeconds(35);
            for (QueryShape shape : QueryShape.values()) {
                workload.write(shape, end);
                end = end.plus(BETWEEN_STATEMENTS);
            }
        } finally {
            load.resume();
        }
    }

    /** Ends the load and moves the clock to where all its rows are visible and settled. */
    void settle() {
        load.close();
        workload.finish();
        workload.advanceTo(workload.now().plus(SETTLED));
        if (workload.pendingRows() > 0) {
            throw new IllegalStateException(name + " has rows that never become visible");
        }
    }

    @Override
    public void close() {
        // in reverse order, each also where another one fails
        try (redshift;
                workload;
                load) {
            LoggerFactory.getLogger(SandboxCluster.class).info("stopping {}", name);
        }
    }
}
