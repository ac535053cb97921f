package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.orchestrator.result.ClusterResult;
import io.github.redshiftquerylogs.sandbox.aws.faults.FaultyNetwork;
import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.chaos.ChaosReport;
import io.github.redshiftquerylogs.sandbox.demo.chaos.DeadClaims;
import io.github.redshiftquerylogs.sandbox.demo.chaos.DoomedRuns;
import io.github.redshiftquerylogs.sandbox.demo.chaos.KillPlan;
import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import io.github.redshiftquerylogs.sandbox.demo.load.ClusterPlan;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import io.github.redshiftquerylogs.sandbox.demo.tick.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The course of {@code ./demo --chaos}: ticks in which runs are killed and requests suffer, until as many runs were killed as
 * planned; then, in a calm network, ticks until everything is exported; then the check.
 */
final class ChaosProgramme implements Performance.Programme {

    /** With it a part of a day that is over has rows; the runs seal it. */
    static final Duration HISTORY = Duration.ofHours(30);

    private static final Logger LOG = LoggerFactory.getLogger(ChaosProgramme.class);

    /** Those that start nothing included: after repeated failures a cluster waits up to an hour, twelve ticks. */
    private static final int TICKS_PER_KILL = 30;

    private static final int CALM_TICKS = 40;

    /** The time between two sets of statements of every kind. */
    private static final Duration BETWEEN_STATEMENTS = Duration.ofMinutes(2);
    /** After it the last of these are settled. */
    private static final Duration UNTIL_SETTLED = Duration.ofMinutes(4);

    private static final String TICKS = "ticks";
    private static final String STARTS = "starts of runs";
    private static final String RUNS = "runs";

    private final LongFunction<List<ClusterPlan>> plans;
    /** What failed during the chaos, beside the runs that were killed. */
    private final Map<String, Integer> failures = new TreeMap<>(Map.of(TICKS, 0, STARTS, 0, RUNS, 0));

    /** Three clusters, which are reached by JDBC with a password and with a secret, and by the Data API. */
    ChaosProgramme() {
        this(seed -> List.of(
                FourClusters.productWarehouse(seed),
                FourClusters.categoryManagement(seed + 1),
                FourClusters.webShop(seed + 2)));
    }

    /** @param plans the clusters, by seed */
    ChaosProgramme(LongFunction<List<ClusterPlan>> plans) {
        this.plans = plans;
    }

    @Override
    public boolean run(Performance performance, DemoOptions options) throws Exception {
        Demonstration demonstration = performance.demonstration();
        Progress progress = performance.progress();
        demonstration.addClusters(plans.apply(options.seed()).toArray(ClusterPlan[]::new));
        FaultyNetwork network = demonstration
                .sandbox()
                .network()
                .orElseThrow(() -> new IllegalStateException("chaos needs a network that can be disturbed"));
        KillPlan plan = new KillPlan(options.seed(), options.kills());
        DoomedRuns runs = new DoomedRuns(demonstration.sandbox().jobs(), plan);
        network.watch(runs::called);
        demonstration.sandbox().runJobsWith(runs);
        progress.heading("Chaos: " + options.kills() + " runs are killed, requests suffer");
        network.disturb();
        disturbedTicks(performance, runs, options.kills());
        network.calm();

        progress.heading("Calm: stop the load, export the rest");
        demonstration.pass(UNTIL_SETTLED);
        demonstration.endLoad();
        boolean exported = calmTicks(performance);

        progress.heading("Check");
        LakeReader lake = demonstration.openLake();
        CheckReport check = performance.compare(lake);
        boolean passed = Performance.showCheck(exported, check, progress);
        ChaosReport report = new ChaosReport(
                options.kills(),
                runs.kills(),
                network.requests(),
                network.counts(),
                failures,
                check.rows(),
                check.differences());
        progress.heading("Chaos " + options.kills() + ", seed " + options.seed());
        progress.block(report.render());
        return passed && report.complete();
    }

    private void disturbedTicks(Performance performance, DoomedRuns runs, int kills) throws InterruptedException {
        Demonstration demonstration = performance.demonstration();
        int limit = kills * TICKS_PER_KILL;
        Instant nextStatements = Instant.now();
        for (int tick = 1; tick <= limit && runs.kills().size() < kills; tick++) {
            endClaims(demonstration);
            if (!Instant.now().isBefore(nextStatements)) {
                demonstration.statements();
                nextStatements = Instant.now().plus(BETWEEN_STATEMENTS);
            }
            Optional<List<ClusterResult>> results = call(demonstration);
            if (results.isEmpty()) {
                performance.progress().line("tick " + tick + ": the Lambda failed");
                continue;
            }
            List<RunReport> reports = demonstration.ticks().await(results.get());
            runs.awaitEnd();
            performance.remember(reports);
            if (reports.stream().anyMatch(report -> !report.outcome().equals("not_due"))) {
                performance
                        .progress()
                        .line("tick " + tick + ": "
                                + reports.stream()
                                        .map(report -> report.cluster() + " " + end(report, runs))
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    /** Empty if the Lambda failed, as it may when requests suffer; the next tick does the same again. */
    private Optional<List<ClusterResult>> call(Demonstration demonstration) {
        try {
            return Optional.of(demonstration.ticks().call());
        } catch (RuntimeException e) {
            count(TICKS, "a tick failed: " + e);
            return Optional.empty();
        }
    }

    /** How a tick ended for a cluster, in a word. */
    private String end(RunReport report, DoomedRuns runs) {
        String cause = report.cluster() + ": " + report.detail();
        if (report.runId() == null) {
            if (!report.isFine()) {
                count(STARTS, cause);
            }
            return report.outcome();
        }
        if (runs.killed(report.runId())) {
            return "killed";
        }
        if (report.succeeded()) {
            return "succeeded";
        }
        count(RUNS, report.runId() + " of " + cause);
        return "failed";
    }

    private void count(String what, String why) {
        failures.merge(what, 1, Integer::sum);
        LOG.debug("{}", why);
    }

    /** Ticks until a run of each cluster has succeeded; false if that takes too long. */
    private static boolean calmTicks(Performance performance) throws InterruptedException {
        Demonstration demonstration = performance.demonstration();
        Set<String> left = new TreeSet<>();
        demonstration.clusters().forEach(cluster -> left.add(name(cluster)));
        for (int tick = 0; tick < CALM_TICKS && !left.isEmpty(); tick++) {
            endClaims(demonstration);
            List<RunReport> reports =
                    demonstration.ticks().await(demonstration.ticks().call());
            performance.remember(reports);
            if (reports.stream().anyMatch(report -> report.runId() != null)) {
                performance.progress().block(Ticks.table(reports));
            }
            reports.stream()
                    .filter(RunReport::succeeded)
                    .map(RunReport::cluster)
                    .forEach(left::remove);
        }
        if (!left.isEmpty()) {
            performance.progress().line("✗ no run succeeded of " + left);
        }
        return left.isEmpty();
    }

    /** No run is going on between two ticks. */
    private static void endClaims(Demonstration demonstration) {
        new DeadClaims(demonstration.sandbox().aws().dynamoDb()).end();
    }

    private static String name(SandboxCluster cluster) {
        return cluster.name().value();
    }
}
