package io.github.redshiftquerylogs.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses parameter values and collects all problems; pure. For an invalid value a method adds a problem and returns a
 * default, so the caller has to check {@link #problems} before it uses the result.
 */
final class SettingsParser {

    static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(5);
    /** Redshift keeps its system tables for seven days, so a daily export may fail a few times without a loss. */
    static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    private static final Pattern ROLE =
            Pattern.compile("[\\w+=,.@-]{1,64}|arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Pattern MINUTES = Pattern.compile("\\d{1,5}");
    private static final Pattern SECRET =
            Pattern.compile("arn:aws[\\w-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[\\w/+=.@!-]{1,519}");
    private static final String SECRET_EXAMPLE =
            "arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>";
    private static final Pattern UNLOAD_ROLE = Pattern.compile("default|arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=.@/-]+"
            + "(,arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=.@/-]+)*");
    private static final String JDBC = "jdbc:";
    private static final int LONGEST_CONNECTION_NAME = 255;

    private final Map<String, String> values;
    private final List<Problem> problems = new ArrayList<>();

    SettingsParser(Map<String, String> values) {
        this.values = values;
    }

    List<Problem> problems() {
        return problems;
    }

    String s3Location(String parameter) {
        return S3Location.withoutSlashAtEnd(checked(parameter, S3Location.EXPECTED, S3Location::objection));
    }

    /** Refuses a staging location that is the lake's folder of tables, lies in it, or contains it. */
    void apart(String parameter, String staging, String lake) {
        String tables = GlobalSettings.tables(lake);
        if (problems.isEmpty() && S3Location.overlap(staging, tables)) {
            problems.add(new Problem(
                    parameter,
                    staging,
                    "an S3 location apart from the tables of the lake: neither " + tables
                            + ", nor a folder in it, nor one that contains it"));
        }
    }

    String role(String parameter) {
        return text(parameter, "the name or the ARN of an IAM role", ROLE.asMatchPredicate());
    }

    /** May be missing; an empty value is invalid, because it looks like a mistake. */
    ClusterConnection connection(String parameter) {
        if (!values.containsKey(parameter)) {
            return new ClusterConnection.Lookup();
        }
        String expected = "the name of a Glue connection, at most " + LONGEST_CONNECTION_NAME + " characters, or "
                + ClusterConnection.DataApi.SCHEME + "<cluster-identifier>/<database>, or "
                + ClusterConnection.DataApi.SCHEME + "serverless/<workgroup>/<database>";
        String value = values.getOrDefault(parameter, "").strip();
        if (value.startsWith(JDBC)) {
            // without the value: a JDBC URL may contain a password
            problems.add(new Problem(parameter, Problem.HIDDEN, expected + ", no JDBC address"));
            return new ClusterConnection.Lookup();
        }
        Optional<ClusterConnection.DataApi> dataApi = ClusterConnection.DataApi.parse(value);
        if (dataApi.isPresent()) {
            return dataApi.get();
        }
        return new ClusterConnection.Glue(checked(parameter, expected, SettingsParser::glueConnectionObjection));
    }

    private static Optional<String> glueConnectionObjection(String name) {
        if (ClusterConnection.DataApi.lacksDatabase(name)) {
            return Optional.of("the database is missing: 'serverless' is not the identifier of a cluster here, and a"
                    + " workgroup is followed by '/' and a database");
        }
        boolean address = name.toLowerCase(Locale.ROOT).startsWith(ClusterConnection.DataApi.SCHEME);
        return address || name.length() > LONGEST_CONNECTION_NAME ? Optional.of("") : Optional.empty();
    }

    /** A secret takes precedence; then user and password are ignored, because they may be placeholders of the deployment. */
    Authentication authentication(ClusterConnection connection, ClusterName cluster) {
        String secret = ParameterNames.secret(cluster);
        String user = ParameterNames.user(cluster);
        if (values.containsKey(secret)) {
            return new Authentication.Secret(secretArn(secret));
        }
        if (connection instanceof ClusterConnection.DataApi) {
            return values.containsKey(user)
                    ? new Authentication.TemporaryCredentials(user(user))
                    : new Authentication.Identity();
        }
        Authentication.Password password = new Authentication.Password(user(user));
        password(ParameterNames.password(cluster));
        return password;
    }

    Optional<String> unloadRole(String parameter) {
        return values.containsKey(parameter)
                ? Optional.of(text(
                        parameter,
                        "'default', or ARNs of IAM roles separated by commas",
                        UNLOAD_ROLE.asMatchPredicate()))
                : Optional.empty();
    }

    private String secretArn(String parameter) {
        String arn = values.getOrDefault(parameter, "").strip();
        if (!SECRET.matcher(arn).matches()) {
            // without the value: it may be the secret itself
            problems.add(new Problem(
                    parameter,
                    Problem.HIDDEN,
                    "the ARN of a secret in Secrets Manager, not its name or its content: " + SECRET_EXAMPLE));
        }
        return arn;
    }

    String user(String parameter) {
        return text(parameter, "the name of a database user", value -> true);
    }

    /** Checks only that there is one: the value is encrypted. */
    void password(String parameter) {
        @Nullable String value = values.get(parameter);
        if (value == null || value.isEmpty()) {
            problems.add(Problem.missing(parameter, "a SecureString with the password of the database user"));
        }
    }

    Duration interval(String parameter, Duration fallback) {
        @Nullable String value = values.get(parameter);
        if (value == null) {
            return fallback;
        }
        String trimmed = value.trim();
        if (MINUTES.matcher(trimmed).matches()) {
            Duration interval = Duration.ofMinutes(Long.parseLong(trimmed));
            if (interval.compareTo(SHORTEST_INTERVAL) >= 0 && interval.compareTo(LONGEST_INTERVAL) <= 0) {
                return interval;
            }
        }
        problems.add(new Problem(
                parameter,
                value,
                "a whole number of minutes from " + SHORTEST_INTERVAL.toMinutes() + " to "
                        + LONGEST_INTERVAL.toMinutes()));
        return fallback;
    }

    private String text(String parameter, String expected, Predicate<String> legal) {
        return checked(parameter, expected, value -> legal.test(value) ? Optional.empty() : Optional.of(""));
    }

    /** @param objection why a value is not valid, as text to add to what is expected; empty for a valid value */
    private String checked(String parameter, String expected, Function<String, Optional<String>> objection) {
        @Nullable String value = values.get(parameter);
        if (value == null || value.isBlank()) {
            problems.add(
                    value == null ? Problem.missing(parameter, expected) : new Problem(parameter, value, expected));
            return "";
        }
        String trimmed = ParameterText.trim(value);
        objection
                .apply(trimmed)
                .map(reason -> reason.isEmpty() ? expected : expected + "; " + reason)
                .ifPresent(completed -> problems.add(new Problem(parameter, value, completed)));
        return trimmed;
    }
}
