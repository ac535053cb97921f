package io.github.redshiftquerylogs.infra.options;

import io.github.redshiftquerylogs.settings.BucketName;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the context into options; pure. */
public final class OptionsParser {

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
    private static final List<Integer> RETENTION_DAYS = List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653);

    private static final Pattern EMAIL = Pattern.compile("[^@\\s,]+@[^@\\s,]+\\.[^@\\s,]+");
    /** Not an alias, which a policy cannot name. */
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+");

    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-buckets-naming.html */
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[a-z0-9_]{0,253}[a-z0-9])?");

    private static final Pattern ANY = Pattern.compile(".+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Map<String, ?> context;
    private final List<Problem> problems = new ArrayList<>();

    private OptionsParser(Map<String, ?> context) {
        this.context = context;
    }

    /**
     * Parses the options. An absent or empty value means the default.
     *
     * @param context the app's whole context, including the CDK's own keys
     * @throws InvalidSettingsException with all problems, including unknown keys
     */
    public static Options parse(Map<String, ?> context) {
        return new OptionsParser(context).parse();
    }

    private Options parse() {
        problems.addAll(ContextKeys.unknown(context.keySet()));
        Options options = new Options(
                clusters(),
                text(
                        ContextKeys.BUCKET,
                        name -> BucketName.objection(name).isEmpty() && !name.contains("."),
                        "the name of a bucket, without dots"),
                number(ContextKeys.SCHEDULE_MINUTES, 5, 5, 60),
                network(),
                text(ContextKeys.ALARM_EMAIL, EMAIL, "one e-mail address"),
                number(ContextKeys.LAG_ALARM_MINUTES, 180, 15, 7 * 24 * 60),
                logRetentionDays(),
                number(ContextKeys.GLUE_WORKERS, 2, 2, 299),
                oneOf(ContextKeys.GLUE_WORKER_TYPE, WorkerTypes.all(), WorkerTypes.DEFAULT),
                flag(ContextKeys.LAKE_FORMATION, false),
                flag(ContextKeys.TABLE_OPTIMIZERS, true),
                text(ContextKeys.CATALOG_KEY, KEY, "the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID"),
                text(ContextKeys.EXPORTS, ANY, "the path of a folder"),
                publishedNamespaces());
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return options;
    }

    private List<ClusterName> clusters() {
        List<ClusterName> clusters = new ArrayList<>();
        for (String name : list(ContextKeys.CLUSTERS)) {
            ClusterName.of(name)
                    .ifPresentOrElse(
                            clusters::add, () -> problem(ContextKeys.CLUSTERS, name, ClusterName.expectedFor(name)));
        }
        return clusters.stream().distinct().sorted().toList();
    }

    private List<String> publishedNamespaces() {
        List<String> namespaces = list(ContextKeys.PUBLISHED_NAMESPACES);
        namespaces.forEach(namespace -> require(
                ContextKeys.PUBLISHED_NAMESPACES,
                namespace,
                NAMESPACE.asMatchPredicate(),
                "namespaces as describe-logging-status or get-namespace prints them (lower-case letters, digits and"
                        + " underscores), separated by commas"));
        return namespaces;
    }

    private Optional<NetworkOptions> network() {
        String vpc = id(ContextKeys.VPC, "vpc");
        List<String> subnets = ids(ContextKeys.SUBNETS, "subnet");
        List<String> securityGroups = ids(ContextKeys.SECURITY_GROUPS, "sg");
        String endpoints = oneOf(ContextKeys.ENDPOINTS, List.of("create"), "");
        if (vpc.isEmpty()) {
            for (String key : List.of(ContextKeys.SUBNETS, ContextKeys.SECURITY_GROUPS, ContextKeys.ENDPOINTS)) {
                if (!value(key).isEmpty()) {
                    problems.add(new Problem(
                            ContextKeys.VPC, Problem.MISSING, "the VPC of the clusters, because " + key + " is given"));
                }
            }
            return Optional.empty();
        }
        if (subnets.isEmpty()) {
            problems.add(new Problem(
                    ContextKeys.SUBNETS, Problem.MISSING, "at least one subnet of the VPC, because vpc is given"));
        }
        return Optional.of(new NetworkOptions(vpc, subnets, securityGroups, endpoints.equals("create")));
    }

    private int logRetentionDays() {
        int days = number(ContextKeys.LOG_RETENTION_DAYS, 30, 1, Integer.MAX_VALUE);
        if (!RETENTION_DAYS.contains(days)) {
            problem(
                    ContextKeys.LOG_RETENTION_DAYS,
                    Integer.toString(days),
                    "one of "
                            + RETENTION_DAYS.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + ", as CloudWatch supports");
        }
        return days;
    }

    private String id(String key, String prefix) {
        String value = value(key);
        return value.isEmpty() ? value : require(key, value, idOf(prefix), "an id such as " + prefix + "-0abc1234");
    }

    private List<String> ids(String key, String prefix) {
        List<String> ids = list(key);
        ids.forEach(id -> require(key, id, idOf(prefix), "ids such as " + prefix + "-0abc1234, separated by commas"));
        return ids;
    }

    private static Predicate<String> idOf(String prefix) {
        return Pattern.compile(prefix + "-[0-9a-f]{8,17}").asMatchPredicate();
    }

    private Optional<String> text(String key, Pattern legal, String expected) {
        return text(key, legal.asMatchPredicate(), expected);
    }

    private Optional<String> text(String key, Predicate<String> legal, String expected) {
        String value = value(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(require(key, value, legal, expected));
    }

    private String oneOf(String key, List<String> legal, String fallback) {
        String value = value(key);
        return value.isEmpty() ? fallback : require(key, value, legal::contains, String.join(" or ", legal));
    }

    private boolean flag(String key, boolean fallback) {
        return oneOf(key, List.of("true", "false"), Boolean.toString(fallback)).equals("true");
    }

    private int number(String key, int fallback, int min, int max) {
        String value = value(key);
        if (value.isEmpty()) {
            return fallback;
        }
        if (NUMBER.matcher(value).matches()) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        String range = max == Integer.MAX_VALUE ? "at least " + min : "from " + min + " to " + max;
        problem(key, value, "a whole number " + range);
        return fallback;
    }

    private String require(String key, String value, Predicate<String> legal, String expected) {
        if (!legal.test(value)) {
            problem(key, value, expected);
        }
        return value;
    }

    private void problem(String key, String value, String expected) {
        problems.add(new Problem(key, value, expected));
    }

    private List<String> list(String key) {
        return Arrays.stream(value(key).split(",", -1))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
    }

    /** The value as text: {@code -c} passes strings; {@code cdk.json} may also have numbers, booleans and lists. */
    private String value(String key) {
        @Nullable Object value = context.get(key);
        if (value instanceof List<?> list) {
            return list.stream().map(Objects::toString).collect(Collectors.joining(","));
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return Long.toString(number.longValue());
        }
        return value == null ? "" : value.toString().trim();
    }
}
