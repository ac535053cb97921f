package io.github.redshiftquerylogs.contract;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of a Glue job, which the Lambda writes and the job reads. Names and durations only: Glue logs job arguments, so
 * they must not contain secrets.
 *
 * @param cluster the cluster to export ({@code --cluster_name})
 * @param database the Glue database of the lake ({@code --database_name})
 * @param stateTable the DynamoDB state table ({@code --state_table})
 * @param settle how far a run stays behind the source's clock ({@code --settle_seconds})
 * @param window the maximum length of a window ({@code --window_minutes})
 * @param budget the time after which no further window is begun ({@code --budget_minutes})
 * @param verification what is verified instead of an export ({@code --verify}); empty: the cluster is exported
 * @param runId Glue's id of the run ({@code --JOB_RUN_ID}, which Glue adds); empty in a job's definition
 */
public record JobArguments(
        ClusterName cluster,
        String database,
        String stateTable,
        Duration settle,
        Duration window,
        Duration budget,
        Optional<Verify> verification,
        Optional<String> runId) {

    /**
     * The rows of the cluster in the lake are compared with the table {@code sealed_days}.
     *
     * @param head a head of the chain that must be there ({@code --head}); empty: the chain is only compared with itself
     */
    public record Verify(Optional<String> head) {}

    private static final String CLUSTER_NAME = "--cluster_name";
    private static final String DATABASE_NAME = "--database_name";
    private static final String STATE_TABLE = "--state_table";
    private static final String SETTLE_SECONDS = "--settle_seconds";
    private static final String WINDOW_MINUTES = "--window_minutes";
    private static final String BUDGET_MINUTES = "--budget_minutes";
    private static final String VERIFY = "--verify";
    private static final String HEAD = "--head";
    private static final String JOB_RUN_ID = "--JOB_RUN_ID";

    private static final Duration DEFAULT_SETTLE = Duration.ofMinutes(2);
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(6);
    private static final Duration DEFAULT_BUDGET = Duration.ofMinutes(20);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

    /** The arguments of a cluster's job, with defaults for the durations. */
    public static JobArguments of(ClusterName cluster, String database, String stateTable) {
        return new JobArguments(
                cluster,
                database,
                stateTable,
                DEFAULT_SETTLE,
                DEFAULT_WINDOW,
                DEFAULT_BUDGET,
                Optional.empty(),
                Optional.empty());
    }

    /** The arguments as name to value, as in the definition of a Glue job; without the run's id. */
    public Map<String, String> toArguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put(CLUSTER_NAME, cluster.value());
        arguments.put(DATABASE_NAME, database);
        arguments.put(STATE_TABLE, stateTable);
        arguments.put(SETTLE_SECONDS, Long.toString(settle.toSeconds()));
        arguments.put(WINDOW_MINUTES, Long.toString(window.toMinutes()));
        arguments.put(BUDGET_MINUTES, Long.toString(budget.toMinutes()));
        return arguments;
    }

    /**
     * Parses arguments as Glue passes them: {@code --name value} or {@code --name=value}; the last of equal names applies.
     * Unknown ones are ignored, because Glue adds arguments of its own.
     *
     * @throws InvalidSettingsException if arguments are missing or invalid; its message lists all of them
     */
    public static JobArguments parse(String... arguments) {
        Parser parser = new Parser(toMap(arguments));
        Optional<ClusterName> cluster = parser.clusterName();
        Duration settle = Duration.ofSeconds(parser.number(SETTLE_SECONDS, DEFAULT_SETTLE.toSeconds()));
        Duration window = Duration.ofMinutes(parser.number(WINDOW_MINUTES, DEFAULT_WINDOW.toMinutes()));
        Duration budget = Duration.ofMinutes(parser.number(BUDGET_MINUTES, DEFAULT_BUDGET.toMinutes()));
        Optional<Verify> verification = parser.verification();
        if (cluster.isEmpty() || !parser.problems.isEmpty()) {
            throw new InvalidSettingsException(parser.problems);
        }
        return new JobArguments(
                cluster.get(),
                parser.values.getOrDefault(DATABASE_NAME, ResourceNames.DATABASE),
                parser.values.getOrDefault(STATE_TABLE, ResourceNames.STATE_TABLE),
                settle,
                window,
                budget,
                verification,
                Optional.ofNullable(parser.values.get(JOB_RUN_ID)));
    }

    private static Map<String, String> toMap(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                values.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (argument.startsWith("--") && i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                values.put(argument, arguments[++i]);
            }
        }
        return values;
    }

    private record Parser(Map<String, String> values, List<Problem> problems) {

        Parser(Map<String, String> values) {
            this(values, new ArrayList<>());
        }

        Optional<ClusterName> clusterName() {
            @Nullable String name = values.get(CLUSTER_NAME);
            if (name == null) {
                problems.add(Problem.missing(CLUSTER_NAME, "the name of the cluster to export"));
                return Optional.empty();
            }
            Optional<ClusterName> cluster = ClusterName.of(name);
            if (cluster.isEmpty()) {
                problems.add(new Problem(CLUSTER_NAME, name, ClusterName.expectedFor(name)));
            }
            return cluster;
        }

        Optional<Verify> verification() {
            Optional<String> verify = Optional.ofNullable(values.get(VERIFY));
            Optional<String> head = Optional.ofNullable(values.get(HEAD));
            verify.filter(value -> !value.equals("true") && !value.equals("false"))
                    .ifPresent(value -> problems.add(new Problem(VERIFY, value, "true or false")));
            head.filter(value -> !HEX.matcher(value).matches())
                    .ifPresent(value -> problems.add(new Problem(
                            HEAD, value, "64 hexadecimal digits, as in the log of a run and in the state table")));
            return verify.filter("true"::equals).map(value -> new Verify(head));
        }

        long number(String argument, long fallback) {
            @Nullable String value = values.get(argument);
            if (value == null) {
                return fallback;
            }
            if (NUMBER.matcher(value).matches()) {
                return Long.parseLong(value);
            }
            problems.add(new Problem(argument, value, "a whole number, at least 1"));
            return fallback;
        }
    }
}
