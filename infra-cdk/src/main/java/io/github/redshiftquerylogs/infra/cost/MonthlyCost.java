package io.github.redshiftquerylogs.infra.cost;

import io.github.redshiftquerylogs.infra.options.NetworkOptions;
import io.github.redshiftquerylogs.infra.options.Options;
import io.github.redshiftquerylogs.infra.options.WorkerTypes;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import io.github.redshiftquerylogs.settings.ParameterNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Minimum cost of a deployment in 30 days, in US dollars: each run has the shortest duration that Glue bills, one
 * minute. Costs that depend on the data are not included: storage, longer runs, logs, queries, table optimizers. Nor is
 * the state table: about twenty writes per run, at $0.625 per million (airbyte.com, July 2025), are a thousandth of the
 * total.
 *
 * @param glue job runs
 * @param requests PUT requests of the runs to S3
 * @param lambda ticks
 * @param monitoring metrics, alarms, dashboard
 * @param key the KMS key
 * @param endpoints interface endpoints created by the stack
 */
public record MonthlyCost(
        double glue, double requests, double lambda, double monitoring, double key, double endpoints) {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration SHORTEST_BILLED_RUN = Duration.ofMinutes(1);
    /** Data file, manifest, manifest list, metadata. */
    private static final int PUTS_PER_TABLE = 4;

    private static final double LAMBDA_GB_SECONDS_PER_TICK = 3;
    /** Metrics without dimensions; a test compares the number with their names. */
    public static final int METRICS = 7;

    private static final int METRICS_PER_CLUSTER = 2;
    /** Alarms; a test compares the number with the template. */
    public static final int ALARMS = 5;

    private static final List<Duration> SHOWN_INTERVALS =
            List.of(Duration.ofMinutes(60), Duration.ofMinutes(15), Duration.ofMinutes(5));

    /**
     * The cost of a number of clusters, all exported at the same interval.
     *
     * @param options its workers, schedule and network are used
     * @param tables number of exported tables
     */
    public static MonthlyCost of(int clusters, Duration interval, Options options, int tables) {
        double runs = (double) clusters * MONTH.dividedBy(interval);
        int dpu = options.glueWorkers() * WorkerTypes.dpu(options.glueWorkerType());
        double price = WorkerTypes.ofMemory(options.glueWorkerType()) ? Prices.GLUE_M_DPU_HOUR : Prices.GLUE_DPU_HOUR;
        double ticks = MONTH.dividedBy(Duration.ofMinutes(options.scheduleMinutes()));
        return new MonthlyCost(
                runs * dpu * SHORTEST_BILLED_RUN.toSeconds() / 3600 * price,
                runs * tables * PUTS_PER_TABLE / 1000 * Prices.S3_THOUSAND_PUTS,
                ticks
                        * (LAMBDA_GB_SECONDS_PER_TICK * Prices.LAMBDA_GB_SECOND
                                + Prices.LAMBDA_MILLION_REQUESTS / 1_000_000),
                (METRICS + METRICS_PER_CLUSTER * clusters) * Prices.METRIC_MONTH
                        + ALARMS * Prices.ALARM_MONTH
                        + Prices.DASHBOARD_MONTH,
                Prices.KEY_MONTH,
                options.network()
                        .filter(NetworkOptions::createEndpoints)
                        .map(network -> MONTH.toHours()
                                * NetworkOptions.INTERFACE_SERVICES.size()
                                * network.subnets().size()
                                * Prices.ENDPOINT_HOUR)
                        .orElse(0.0));
    }

    /** The sum of all parts. */
    public double total() {
        return glue + requests + lambda + monitoring + key + endpoints;
    }

    /**
     * Lines to print at synthesis: costs by interval, for the number of clusters in the options and for larger ones.
     */
    public static List<String> describe(Options options, int tables) {
        int named = options.clusters().size();
        List<Integer> numbers = named <= 1 ? List.of(1, 10, 40) : List.of(named, named * 2);
        List<String> lines = new ArrayList<>();
        lines.add("Minimum cost in 30 days (us-east-1; Glue's list price of " + Prices.DATE
                + ", other prices are older;" + " without storage, runs longer than a minute, logs and queries):");
        for (int clusters : numbers) {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "  %3d cluster%s", clusters, clusters == 1 ? ": " : "s:"));
            for (Duration interval : SHOWN_INTERVALS) {
                line.append(String.format(
                        Locale.ROOT,
                        "  every %d min $%,.0f",
                        interval.toMinutes(),
                        of(clusters, interval, options, tables).total()));
            }
            lines.add(line.toString());
        }
        double endpoints = of(1, SHOWN_INTERVALS.get(0), options, tables).endpoints();
        if (endpoints > 0) {
            lines.add(String.format(Locale.ROOT, "  of which endpoints=create: $%,.0f", endpoints));
        }
        if (WorkerTypes.ofMemory(options.glueWorkerType())) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Workers of type %s are billed at $%.2f per M-DPU-hour instead of $%.2f per DPU-hour.",
                    options.glueWorkerType(),
                    Prices.GLUE_M_DPU_HOUR,
                    Prices.GLUE_DPU_HOUR));
        }
        if (options.tableOptimizers()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Not included: Glue's deletion of orphan files, billed by use at $%.2f per DPU-hour, at least a minute per"
                            + " run; tableOptimizers=false omits them.",
                    Prices.GLUE_DPU_HOUR));
        }
        lines.add("The interval is the parameter " + ParameterNames.INTERVAL_MINUTES + "; its default is "
                + GlobalSettings.DEFAULT_INTERVAL.toMinutes() + "."
                + " A longer interval loses no data, since Redshift keeps its logs for seven days.");
        return lines;
    }
}
