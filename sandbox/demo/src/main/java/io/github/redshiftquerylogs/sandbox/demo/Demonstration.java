package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.github.redshiftquerylogs.sandbox.demo.ask.AthenaTable;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.Question;
import io.github.redshiftquerylogs.sandbox.demo.ask.Questions;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.check.LakeCheck;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.deploy.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Deployment;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxClock;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import io.github.redshiftquerylogs.sandbox.demo.tick.Ticks;
import io.github.redshiftquerylogs.sandbox.systemtables.Patch;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The steps of a demonstration: the pipeline with clusters under load. Between two ticks minutes pass in seconds.
 */
final class Demonstration implements AutoCloseable {

    /** A minute of the clusters' time passes in a second. */
    private static final Duration STEP = Duration.ofSeconds(15);

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(250);
    private static final int LONGEST_ANSWER = 8;

    private final Checkout checkout;
    private final DeployedSandbox sandbox;
    private final Progress progress;
    private final Duration history;
    private final SandboxClock clusterClock;
    private final Ticks ticks;
    private final SecureRandom random = new SecureRandom();
    private final List<SandboxCluster> clusters = Collections.synchronizedList(new ArrayList<>());
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    private Demonstration(Checkout checkout, DeployedSandbox sandbox, Progress progress, Duration history) {
        this.checkout = checkout;
        this.sandbox = sandbox;
        this.progress = progress;
        this.history = history;
        opened.push(sandbox);
        this.clusterClock = new SandboxClock(Clock.systemUTC());
        this.ticks = new Ticks(sandbox, progress, Instant.now().truncatedTo(ChronoUnit.MINUTES));
    }

    /**
     * Starts the local AWS and deploys the system, without a cluster.
     *
     * @param exports a folder with own exports to deploy
     * @param history the time span of the backlog of each cluster
     */
    static Demonstration start(
            Path workFolder, Checkout checkout, Optional<Path> exports, Progress progress, Duration history)
            throws Exception {
        DeployedSandbox sandbox = progress.step(
                "local AWS (Parameter Store, Glue, DynamoDB, S3) and deployment",
                () -> DeployedSandbox.start(workFolder, checkout, exports));
        return new Demonstration(checkout, sandbox, progress, history);
    }

    /** Starts a cluster with a backlog and adds it to the system by parameters only. */
    void addCluster(String name, ClusterKind kind, Patch patch, long seed) throws Exception {
        sandbox.enrolment().enable(prepareCluster(name, kind, patch, seed).name());
    }

    /** Starts a cluster like {@link #addCluster}, with all its parameters, but does not enable it. */
    SandboxCluster prepareCluster(String name, ClusterKind kind, Patch patch, long seed) throws Exception {
        SandboxCluster cluster = progress.step(
                name + " (" + kind + "), with a backlog of " + history.toHours() + " hours",
                () -> SandboxCluster.start(new ClusterName(name), password(), patch, seed, clusterClock, history));
        opened.push(cluster);
        clusters.add(cluster);
        sandbox.enrolment().prepare(cluster, kind);
        return cluster;
    }

    /** One tick of the scheduler, until the runs that it starts have ended. */
    List<RunReport> tick() throws InterruptedException {
        return ticks.tick();
    }

    /**
     * Runs statements of every kind on each cluster and advances the clusters' clock until the last one is settled.
     *
     * @return that time on the clusters' clock
     */
    Instant load() throws InterruptedException {
        List<SandboxCluster> loaded = List.copyOf(clusters);
        LocalDateTime settled = loaded.stream()
                .map(SandboxCluster::everyKindOfStatement)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        // the load of a cluster follows the clock in steps of its own
        while (loaded.stream().anyMatch(cluster -> cluster.now().isBefore(settled))) {
            Duration left = Duration.between(clusterClock.instant(), settled.toInstant(ZoneOffset.UTC));
            if (!left.isNegative()) {
                clusterClock.advance(left.compareTo(STEP) < 0 ? left : STEP);
            }
            Thread.sleep(BETWEEN_STEPS.toMillis());
        }
        return clusterClock.instant();
    }

    /** Starts Trino on the lake, and creates the views and, for them, the tables that no cluster exports, as a deployment does. */
    LakeReader openLake() throws Exception {
        TrinoProcess trino =
                progress.step("Trino, the engine of Athena", () -> sandbox.aws().startTrino());
        opened.push(trino);
        LakeReader reader = new LakeReader(trino.jdbcUrl() + "/" + ResourceNames.DATABASE);
        opened.push(reader);
        for (Path table : checkout.tables()) {
            reader.execute(AthenaTable.inTrino(Files.readString(table), Deployment.LAKE));
        }
        for (Path view : checkout.views()) {
            reader.execute(Files.readString(view));
        }
        return reader;
    }

    /** Prints the answers to the five questions. */
    void ask(LakeReader reader) throws SQLException {
        for (Question question : Questions.of(checkout).five()) {
            progress.heading(question.title() + "  — athena-ddl/queries/" + question.name() + ".sql");
            progress.block(reader.answer(question.sql(), LONGEST_ANSWER).render());
            progress.line("(the first " + LONGEST_ANSWER + " rows at most)");
        }
    }

    /** Ends the load, advances time until all rows are settled, and exports them. */
    List<RunReport> settle() throws InterruptedException {
        clusters.forEach(SandboxCluster::settle);
        return tick();
    }

    /** Compares the lake with the logged rows. */
    CheckReport check(LakeReader reader) throws SQLException {
        return new LakeCheck(sandbox, reader).run(List.copyOf(clusters));
    }

    List<SandboxCluster> clusters() {
        return List.copyOf(clusters);
    }

    DeployedSandbox sandbox() {
        return sandbox;
    }

    /** A password with characters that need escaping. */
    private String password() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return "Pw1 \"'\\%&+=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Closes all resources in reverse order, each even if another one fails. */
    @Override
    public void close() {
        IllegalStateException failures = new IllegalStateException("not everything could be closed");
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failures.addSuppressed(e);
            }
        }
        if (failures.getSuppressed().length > 0) {
            throw failures;
        }
    }
}
