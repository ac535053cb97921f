package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.sandbox.aws.faults.FaultChoice;
import io.github.redshiftquerylogs.sandbox.aws.servers.TrinoProcess;
import io.github.redshiftquerylogs.sandbox.demo.ask.AthenaTable;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.Question;
import io.github.redshiftquerylogs.sandbox.demo.ask.Questions;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.check.LakeCheck;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.deploy.DeployedSandbox;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Deployment;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxClock;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import io.github.redshiftquerylogs.sandbox.demo.tick.Ticks;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The steps of a demonstration: the pipeline with clusters under load. Between two ticks minutes pass in seconds.
 */
final class Demonstration implements AutoCloseable {

    /** A minute of the clusters' time passes in a second. */
    private static final Duration STEP = Duration.ofSeconds(15);

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(250);
    private static final int LONGEST_ANSWER = 8;

    private static final String OWN_EXPORTS = """
            select cluster_name, table_name, day, row_count, newest from export_health
            where substr(table_name, 1, 4) = 'own_' and day is not null order by cluster_name, table_name, day desc
            """;

    private final Checkout checkout;
    private final DeployedSandbox sandbox;
    /** Whether the own exports are those of the examples, whose rows the check knows. */
    private final boolean examples;

    private final Progress progress;
    private final Duration history;
    private final SandboxClock clusterClock;
    private final Ticks ticks;
    private final SecureRandom random = new SecureRandom();
    private final List<SandboxCluster> clusters = Collections.synchronizedList(new ArrayList<>());
    private final Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    private Demonstration(
            Checkout checkout, DeployedSandbox sandbox, boolean examples, Progress progress, Duration history) {
        this.checkout = checkout;
        this.sandbox = sandbox;
        this.examples = examples;
        this.progress = progress;
        this.history = history;
        opened.push(sandbox);
        this.clusterClock = new SandboxClock(Clock.systemUTC());
        this.ticks = new Ticks(sandbox, progress, Instant.now().truncatedTo(ChronoUnit.MINUTES));
    }

    /**
     * Starts the local AWS and deploys the system, without a cluster.
     *
     * @param exports a folder with own exports to deploy, instead of the examples
     * @param history the time span of the backlog of each cluster
     */
    static Demonstration start(
            Path workFolder, Checkout checkout, Optional<Path> exports, Progress progress, Duration history)
            throws Exception {
        return start(workFolder, checkout, exports, progress, history, Optional.empty());
    }

    /**
     * The same, with a network that can be disturbed.
     *
     * @param faults decides which requests of the Lambda and of job runs suffer then; empty for no such network
     */
    static Demonstration start(
            Path workFolder,
            Checkout checkout,
            Optional<Path> exports,
            Progress progress,
            Duration history,
            Optional<FaultChoice> faults)
            throws Exception {
        DeployedSandbox sandbox = progress.step(
                "local AWS (Parameter Store, Glue, DynamoDB, S3) and deployment",
                () -> DeployedSandbox.start(workFolder, checkout, exports.orElse(checkout.exampleExports()), faults));
        return new Demonstration(checkout, sandbox, exports.isEmpty(), progress, history);
    }

    /** Starts clusters with a backlog, side by side, and adds them to the system by parameters only. */
    void addClusters(ClusterPlan... plans) throws Exception {
        prepareClusters(plans).forEach(cluster -> sandbox.enrolment().enable(cluster.name()));
    }

    /** Starts clusters like {@link #addClusters}, with all their parameters, but does not enable them. */
    List<SandboxCluster> prepareClusters(ClusterPlan... plans) throws Exception {
        String what = Arrays.stream(plans)
                .map(plan -> plan.name() + " (" + plan.kind() + ")")
                .collect(Collectors.joining(", "));
        List<SandboxCluster> started = progress.step(
                what + ", with a backlog of " + history.toHours() + " hours", () -> startSideBySide(List.of(plans)));
        started.forEach(sandbox.enrolment()::prepare);
        return started;
    }

    private List<SandboxCluster> startSideBySide(List<ClusterPlan> plans) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(plans.size());
        try {
            List<Future<SandboxCluster>> starting = new ArrayList<>();
            for (ClusterPlan plan : plans) {
                starting.add(threads.submit(() -> {
                    SandboxCluster cluster = SandboxCluster.start(plan, password(), clusterClock, history);
                    opened.push(cluster);
                    return cluster;
                }));
            }
            List<SandboxCluster> started = new ArrayList<>();
            for (Future<SandboxCluster> cluster : starting) {
                started.add(cluster.get());
            }
            clusters.addAll(started);
            return started;
        } finally {
            threads.shutdown();
        }
    }

    /** One tick of the scheduler, until the runs that it starts have ended. */
    List<RunReport> tick() throws InterruptedException {
        return ticks.tick();
    }

    /** The ticks, step by step. */
    Ticks ticks() {
        return ticks;
    }

    /**
     * Runs statements of every kind on each cluster. A cluster takes that once in two minutes of its clock.
     *
     * @return when the last one is settled, on the clusters' clock
     */
    LocalDateTime statements() {
        return clusters().stream()
                .map(SandboxCluster::everyKindOfStatement)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Runs statements of every kind on each cluster and advances the clusters' clock until the last one is settled.
     *
     * @return that time on the clusters' clock
     */
    Instant load() throws InterruptedException {
        return passUntil(statements());
    }

    /** Advances the clusters' clock. */
    void pass(Duration time) throws InterruptedException {
        passUntil(LocalDateTime.ofInstant(clusterClock.instant().plus(time), ZoneOffset.UTC));
    }

    private Instant passUntil(LocalDateTime time) throws InterruptedException {
        // the load of a cluster follows the clock in steps of its own
        while (clusters().stream().anyMatch(cluster -> cluster.now().isBefore(time))) {
            Duration left = Duration.between(clusterClock.instant(), time.toInstant(ZoneOffset.UTC));
            if (!left.isNegative()) {
                clusterClock.advance(left.compareTo(STEP) < 0 ? left : STEP);
            }
            Thread.sleep(BETWEEN_STEPS.toMillis());
        }
        return clusterClock.instant();
    }

    /** Starts Trino on the lake, and creates what a deployment does: the database, all tables, and the views. */
    LakeReader openLake() throws Exception {
        TrinoProcess trino =
                progress.step("Trino, the engine of Athena", () -> sandbox.aws().startTrino());
        opened.push(trino);
        LakeReader reader = new LakeReader(trino.jdbcUrl() + "/" + ResourceNames.DATABASE);
        opened.push(reader);
        reader.execute("create schema if not exists " + ResourceNames.DATABASE);
        for (Path table : checkout.tables()) {
            reader.execute(AthenaTable.inTrino(Files.readString(table), Deployment.LAKE));
        }
        for (Path view : checkout.views()) {
            reader.execute(Files.readString(view));
        }
        return reader;
    }

    /** Prints the answers to the five questions, and what was exported of own exports. */
    void ask(LakeReader reader) throws SQLException {
        for (Question question : Questions.of(checkout).five()) {
            progress.heading(question.title() + "  — athena-ddl/queries/" + question.name() + ".sql");
            progress.block(reader.answer(question.sql(), LONGEST_ANSWER).render());
            progress.line("(the first " + LONGEST_ANSWER + " rows at most)");
        }
        progress.heading("Own exports by day  — view export_health");
        progress.block(reader.answer(OWN_EXPORTS, LONGEST_ANSWER).render());
    }

    /**
     * Lets a cluster show rows of past days, seals these days again by hand, and prints what the lake says about them.
     *
     * @return whether the run succeeded
     */
    boolean lateRows(SandboxCluster cluster, LakeReader reader) throws Exception {
        LateRows late = new LateRows(sandbox, cluster);
        LocalDateTime visible = late.write();
        while (cluster.now().isBefore(visible)) {
            clusterClock.advance(BETWEEN_STEPS);
            Thread.sleep(BETWEEN_STEPS.toMillis());
        }
        boolean sealed = progress.step("a run that seals the last two days again", () -> late.seal(ticks));
        progress.block(late.evidence(reader).render());
        return sealed;
    }

    /** Ends the load, advances time until all rows are settled, and exports them. */
    List<RunReport> settle() throws InterruptedException {
        endLoad();
        return tick();
    }

    /** Ends the load and advances time until all rows are settled. */
    void endLoad() {
        clusters().forEach(SandboxCluster::settle);
    }

    /** Compares the lake with the logged rows. */
    CheckReport check(LakeReader reader) throws SQLException {
        return new LakeCheck(sandbox, reader, examples).run(List.copyOf(clusters));
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
