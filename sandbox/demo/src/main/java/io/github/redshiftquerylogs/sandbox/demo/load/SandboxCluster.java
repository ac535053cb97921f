package io.github.redshiftquerylogs.sandbox.demo.load;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.workload.ClusterObjects;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.LiveLoad;
import io.github.redshiftquerylogs.sandbox.workload.QueryShape;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A cluster of the sandbox: a Redshift stand-in with a backlog, under continuous load. */
public final class SandboxCluster implements AutoCloseable {

    public static final String USER = "query_log_exporter";

    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration BETWEEN_STATEMENTS = Duration.ofMillis(477);
    /** The time after which an export regards rows as complete. */
    public static final Duration SETTLE = Duration.ofMinutes(2);

    private final ClusterPlan plan;
    private final String password;
    private final EmbeddedRedshift redshift;
    private final Ledger ledger;
    private final Workload workload;
    private final LiveLoad load;

    private SandboxCluster(
            ClusterPlan plan,
            String password,
            EmbeddedRedshift redshift,
            Ledger ledger,
            Workload workload,
            LiveLoad load) {
        this.plan = plan;
        this.password = password;
        this.redshift = redshift;
        this.ledger = ledger;
        this.workload = workload;
        this.load = load;
    }

    /**
     * Starts a cluster with a backlog.
     *
     * @param password of its user {@link #USER}
     * @param clock virtual time
     * @param history the time span of the backlog
     */
    public static SandboxCluster start(ClusterPlan plan, String password, Clock clock, Duration history) {
        EmbeddedRedshift redshift = EmbeddedRedshift.start(plan.name().value(), USER, password, plan.tables());
        try {
            Ledger ledger = new Ledger(redshift.tables());
            Workload workload = new Workload(redshift, ledger, new WorkloadProfile(plan.seed(), 1.0, 4, SETTLE));
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            workload.writeHistory(now.minus(history), now);
            Orders.create(redshift, now, history);
            createObjects(plan, redshift);
            return new SandboxCluster(
                    plan, password, redshift, ledger, workload, LiveLoad.start(workload, clock, STEP));
        } catch (RuntimeException e) {
            redshift.close();
            throw e;
        }
    }

    private static void createObjects(ClusterPlan plan, EmbeddedRedshift redshift) {
        ClusterObjects.createUsers(redshift);
        Stream.concat(Stream.of(redshift.database()), plan.furtherDatabases().stream())
                .forEach(database -> {
                    ClusterObjects.createTables(redshift, database);
                    if (plan.states()) {
                        ClusterObjects.createStates(redshift, database, USER);
                    }
                });
    }

    public ClusterName name() {
        return plan.name();
    }

    public ClusterPlan plan() {
        return plan;
    }

    public String password() {
        return password;
    }

    public EmbeddedRedshift redshift() {
        return redshift;
    }

    public Ledger ledger() {
        return ledger;
    }

    /**
     * Adds a statement of each kind that ends within the next minute, including a query of 40 minutes.
     *
     * @return the time at which the last one is settled
     */
    public LocalDateTime everyKindOfStatement() {
        load.pause();
        try {
            LocalDateTime end = workload.now().plusSeconds(31);
            for (QueryShape shape : QueryShape.values()) {
                workload.write(shape, end);
                end = end.plus(BETWEEN_STATEMENTS);
            }
            // the second run of a query ends 20 s later
            return end.plusSeconds(20).plus(SETTLE);
        } finally {
            load.resume();
        }
    }

    /**
     * Statements that the cluster shows only now.
     *
     * @param ends their ends, in the past
     * @return when their rows are visible, on the cluster's clock
     */
    public LocalDateTime lateStatements(List<LocalDateTime> ends) {
        load.pause();
        try {
            for (LocalDateTime end : ends) {
                workload.writeLate(QueryShape.ORDINARY, end);
                workload.writeLate(QueryShape.MISSING_STATISTICS, end);
                workload.writeLate(QueryShape.DDL, end);
            }
            return workload.now().plus(STEP);
        } finally {
            load.resume();
        }
    }

    /** The time of the cluster's clock. */
    public LocalDateTime now() {
        return workload.now();
    }

    /**
     * Ends the load and advances the clock by the settle time, so that all rows of STL tables are visible and settled. Rows of
     * SYS views settle later than an export would accept the clock.
     */
    public void settle() {
        load.close();
        workload.finish();
        workload.advanceTo(workload.now().plus(SETTLE).plusSeconds(10));
        if (workload.pendingRows() > 0 && plan.kind() != ClusterKind.SERVERLESS) {
            throw new IllegalStateException(name() + " has rows that never become visible");
        }
    }

    @Override
    public void close() {
        // in reverse order, each even if another one fails
        try (redshift;
                workload;
                load) {
            LoggerFactory.getLogger(SandboxCluster.class).info("stopping {}", name());
        }
    }
}
