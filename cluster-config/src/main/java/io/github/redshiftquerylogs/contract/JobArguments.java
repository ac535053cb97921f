package io.github.redshiftquerylogs.contract;

import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * @param byHand what somebody has asked for, once; empty: the cluster is exported, and its past days are sealed when they are due
 * @param runId Glue's id of the run ({@code --JOB_RUN_ID}, which Glue adds); empty in a job's definition
 */
public record JobArguments(
        ClusterName cluster,
        String database,
        String stateTable,
        Duration settle,
        Duration window,
        Duration budget,
        Optional<ByHand> byHand,
        Optional<String> runId) {

    /** What a run does that somebody starts by hand. */
    public sealed interface ByHand permits Verify, Completion {}

    /**
     * Instead of an export, the rows of the cluster in the lake are compared with the table {@code sealed_days} ({@code
     * --verify}).
     *
     * @param head a head of the chain that must be there ({@code --head}); empty: the chain is only compared with itself
     */
    public record Verify(Optional<String> head) implements ByHand {}

    /**
     * After the export, past rows that the lake does not have are added ({@code --reseal}, or {@code --from} and {@code --to}).
     *
     * @param from the begin, inclusive, UTC
     * @param to the end, exclusive, UTC
     * @param reseals whether the days are whole ones, and get an entry in any case
     */
    public record Completion(LocalDateTime from, LocalDateTime to, boolean reseals) implements ByHand {}

    private static final String CLUSTER_NAME = "--cluster_name";
    private static final String DATABASE_NAME = "--database_name";
    private static final String STATE_TABLE = "--state_table";
    private static final String SETTLE_SECONDS = "--settle_seconds";
    private static final String WINDOW_MINUTES = "--window_minutes";
    private static final String BUDGET_MINUTES = "--budget_minutes";
    private static final String VERIFY = "--verify";
    private static final String HEAD = "--head";
    private static final String RESEAL = "--reseal";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String JOB_RUN_ID = "--JOB_RUN_ID";

    private static final Duration DEFAULT_SETTLE = Duration.ofMinutes(2);
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(6);
    private static final Duration DEFAULT_BUDGET = Duration.ofMinutes(20);
    private static final int MOST_DAYS = 31;
    private static final Pattern DAYS = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:\\.\\.(\\d{4}-\\d\\d-\\d\\d))?");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

    /** What is verified, if that is what was asked for. */
    public Optional<Verify> verification() {
        return byHand.filter(Verify.class::isInstance).map(Verify.class::cast);
    }

    /** What is completed, if that is what was asked for. */
    public Optional<Completion> completion() {
        return byHand.filter(Completion.class::isInstance).map(Completion.class::cast);
    }

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
        Optional<ByHand> byHand = parser.byHand();
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
                byHand,
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

        Optional<ByHand> byHand() {
            Optional<ByHand> verify = verification().map(ByHand.class::cast);
            Optional<ByHand> reseal = Optional.ofNullable(values.get(RESEAL)).flatMap(this::reseal);
            Optional<ByHand> span = span();
            if (Stream.of(verify, reseal, span).filter(Optional::isPresent).count() > 1) {
                problems.add(new Problem(
                        String.join(", ", VERIFY, RESEAL, FROM), "more than one", "one of them, or none, in a run"));
            }
            return verify.or(() -> reseal).or(() -> span);
        }

        private Optional<ByHand> reseal(String days) {
            Matcher span = DAYS.matcher(days);
            if (span.matches()) {
                Optional<LocalDateTime> first = time(span.group(1));
                Optional<LocalDateTime> last =
                        Optional.ofNullable(span.group(2)).map(this::time).orElse(first);
                if (first.isPresent()
                        && last.isPresent()
                        && !last.get().isBefore(first.get())
                        && last.get().isBefore(first.get().plusDays(MOST_DAYS))) {
                    return Optional.of(new Completion(first.get(), last.get().plusDays(1), true));
                }
            }
            problems.add(new Problem(
                    RESEAL,
                    days,
                    "a day or two such as 2026-11-01..2026-11-03, UTC, the earlier one first, " + MOST_DAYS
                            + " days at most"));
            return Optional.empty();
        }

        private Optional<ByHand> span() {
            @Nullable String from = values.get(FROM);
            @Nullable String to = values.get(TO);
            if (from == null && to == null) {
                return Optional.empty();
            }
            Optional<LocalDateTime> begin = Optional.ofNullable(from).flatMap(this::time);
            Optional<LocalDateTime> end = Optional.ofNullable(to).flatMap(this::time);
            if (begin.isPresent()
                    && end.isPresent()
                    && begin.get().isBefore(end.get())
                    && !end.get().isAfter(begin.get().plusDays(MOST_DAYS))) {
                return Optional.of(new Completion(begin.get(), end.get(), false));
            }
            problems.add(new Problem(
                    FROM + ", " + TO,
                    Objects.requireNonNullElse(from, "(missing)") + ", " + Objects.requireNonNullElse(to, "(missing)"),
                    "two days or times such as 2026-11-01T10:00, UTC, the earlier one first, " + MOST_DAYS
                            + " days apart at most"));
            return Optional.empty();
        }

        private Optional<LocalDateTime> time(String text) {
            try {
                return Optional.of(
                        text.contains("T")
                                ? LocalDateTime.parse(text.replaceFirst("Z$", ""))
                                : LocalDate.parse(text).atStartOfDay());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        private Optional<Verify> verification() {
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
