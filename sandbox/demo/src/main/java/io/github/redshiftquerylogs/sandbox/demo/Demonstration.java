package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.Question;
import io.github.redshiftquerylogs.sandbox.demo.ask.Questions;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.check.LakeCheck;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.deploy.ClusterKind;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The pipeline under load, step by step. Clusters log on while it runs; between two ticks minutes pass in seconds.
 */
final class Demonstration implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration STEP = Duration.ofMillis(1750);
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
     * Starts the local AWS and deploys the system; no cluster yet.
     *
     * @param history how long clusters have been busy when they are added
     */
    static Demonstration start(Path workFolder, Checkout checkout, Progress progress, Duration history)
            throws Exception {
        DeployedSandbox sandbox = progress.step(
                "local AWS (Parameter Store, Glue, DynamoDB, S3) and deployment",
                () -> DeployedSandbox.start(workFolder, checkout));
        return new Demonstration(checkout, sandbox, progress, history);
    }

    /** Starts a cluster that has been busy for a while, and adds it to the system by parameters alone. */
    void addCluster(String name, ClusterKind kind, Patch patch, long seed) throws Exception {
        sandbox.enrolment().enable(prepareCluster(name, kind, patch, seed).name());
    }

    /** Starts a cluster as {@link #addCluster} does, with all its parameters, but leaves it out of the list. */
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
     * Lets every kind of statement happen on each cluster, and time pass until the last one of them is settled.
     *
     * @return when that was, on the clusters' clock
     */
    Instant load() throws InterruptedException {
        Map<SandboxCluster, LocalDateTime> settled = new HashMap<>();
        clusters.forEach(cluster -> settled.put(cluster, cluster.everyKindOfStatement()));
        while (settled.entrySet().stream()
                .anyMatch(cluster -> cluster.getKey().now().isBefore(cluster.getValue()))) {
            clusterClock.advance(STEP);
            Thread.sleep(PAUSE.toMillis());
        }
        return clusterClock.instant();
    }

    /** Starts Trino on the lake, and makes the views; to be called when jobs have made the tables. */
    LakeReader openLake() throws Exception {
        TrinoProcess trino = progress.step(
                "Trino, which Athena is built on", () -> sandbox.aws().startTrino());
        opened.push(trino);
        LakeReader reader = new LakeReader(trino.jdbcUrl() + "/" + ResourceNames.DATABASE);
        opened.push(reader);
        for (Path view : checkout.views()) {
            reader.execute(Files.readString(view));
        }
        return reader;
    }

    /** Asks the five questions of all clusters. */
    void ask(LakeReader reader) throws SQLException {
        for (Question question : Questions.of(checkout).five()) {
            progress.heading(question.title() + "  — athena-ddl/queries/" + question.name() + ".sql");
            progress.block(reader.answer(question.sql(), LONGEST_ANSWER).render());
            progress.line("(the first " + LONGEST_ANSWER + " rows at most)");
        }
    }

    /** Ends the load, lets everything settle, and exports it. */
    List<RunReport> settle() throws InterruptedException {
        clusters.forEach(SandboxCluster::settle);
        return tick();
    }

    /** Compares the lake with what was logged. */
    CheckReport check(LakeReader reader) throws SQLException {
        return new LakeCheck(sandbox, reader).run(List.copyOf(clusters));
    }

    List<SandboxCluster> clusters() {
        return List.copyOf(clusters);
    }

    DeployedSandbox sandbox() {
        return sandbox;
    }

    /** A password with characters that like to go wrong. */
    private String password() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return "Pw1 \"'\\%&+=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Closes all that was opened, the last first, each also where another one fails. */
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
