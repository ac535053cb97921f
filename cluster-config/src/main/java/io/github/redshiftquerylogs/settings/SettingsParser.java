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
    private static final Pattern EXPORTS_FOLDER = Pattern.compile("s3://.+/exports/.+");
    private static final Pattern MINUTES = Pattern.compile("\\d{1,5}");
    /** 50 is the greatest number of slots of all queues. */
    private static final Pattern STATEMENTS = Pattern.compile("0{0,3}([1-9]|[1-4]\\d|50)");

    private static final Pattern SECRET =
            Pattern.compile("arn:aws[\\w-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:[\\w/+=.@!-]{1,519}");
    private static final String SECRET_EXAMPLE =
            "arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>";
    private static final Pattern UNLOAD_ROLE = Pattern.compile("default|arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=.@/-]+"
            + "(,arn:aws[\\w-]*:iam::\\d{12}:role/[\\w+=.@/-]+)*");
    private static final Pattern SOURCE_IDENTITY =
            Pattern.compile("(namespace|host|cluster|workgroup):[^\\s#]{1,400}(#\\d{4}-\\d{2}-\\d{2})?");
    private static final String JDBC = "jdbc:";
    private static final String NO_JDBC = ", no JDBC address";
    private static final String NO_SECRET = ", no password and no address that may contain one";
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

    /**
     * May be missing. Whoever writes there runs SQL as the database users, so it is apart from what jobs and clusters write
     * to.
     */
    Optional<String> exportsPrefix(String parameter, String lake, String staging) {
        if (!values.containsKey(parameter)) {
            return Optional.empty();
        }
        String prefix = S3Location.withoutSlashAtEnd(checked(
                parameter,
                "an S3 location with a folder below exports, such as s3://bucket/exports/own",
                value -> S3Location.objection(value)
                        .or(() -> EXPORTS_FOLDER.matcher(value).matches()
                                ? Optional.empty()
                                : Optional.of("it has no folder below one of the name exports"))));
        apart(parameter, prefix, lake);
        if (problems.isEmpty() && S3Location.overlap(prefix, staging)) {
            problems.add(new Problem(parameter, prefix, "an S3 location apart from temporary files: not " + staging));
        }
        return Optional.of(prefix);
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
        String value = checked(parameter, expected, SettingsParser::connectionObjection);
        return ClusterConnection.DataApi.parse(value)
                .<ClusterConnection>map(dataApi -> dataApi)
                .orElseGet(() -> new ClusterConnection.Glue(value));
    }

    private static Optional<String> connectionObjection(String name) {
        if (ClusterConnection.DataApi.parse(name).isPresent()) {
            return Optional.empty();
        }
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
        if (connection instanceof ClusterConnection.DataApi dataApi) {
            return dataApi.serverless() ? workgroupAuthentication(user, secret) : clusterAuthentication(user);
        }
        Authentication.Password password = new Authentication.Password(user(user));
        password(ParameterNames.password(cluster));
        return password;
    }

    private Authentication clusterAuthentication(String user) {
        return values.containsKey(user)
                ? new Authentication.TemporaryCredentials(user(user))
                : new Authentication.Identity();
    }

    /**
     * The Data API takes no user for a workgroup; the placeholder that a deployment creates counts as none.
     * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ExecuteStatement.html
     */
    private Authentication workgroupAuthentication(String user, String secret) {
        if (values.containsKey(user)) {
            String name = user(user);
            if (!name.isEmpty() && !name.equals(ClusterSettings.PLACEHOLDER_USER)) {
                problems.add(new Problem(
                        user,
                        name,
                        "no user, because the Data API takes none for a Serverless workgroup: without this parameter"
                                + " statements run as the database user of the jobs' IAM role, with " + secret
                                + " as the user of that secret"));
            }
        }
        return new Authentication.Identity();
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
        String arn = ParameterText.trim(values.getOrDefault(parameter, ""));
        if (!SECRET.matcher(arn).matches()) {
            // without the value: it may be the secret itself
            problems.add(new Problem(
                    parameter,
                    Problem.HIDDEN,
                    "the ARN of a secret in Secrets Manager, not its name or its content: " + SECRET_EXAMPLE
                            + invisible(arn)));
        }
        return arn;
    }

    String user(String parameter) {
        return text(parameter, "the name of a database user", value -> true);
    }

    /**
     * The password without blanks and line ends around it; Redshift's passwords have neither. Ciphertext, if the value was
     * read without decryption.
     */
    String password(String parameter) {
        String password = ParameterText.trim(values.getOrDefault(parameter, ""));
        String expected = "a SecureString with the password of the database user";
        String invisible = invisible(password);
        if (password.isEmpty()) {
            problems.add(Problem.missing(parameter, expected));
        } else if (!invisible.isEmpty()) {
            problems.add(new Problem(parameter, Problem.HIDDEN, expected + invisible));
        }
        return password;
    }

    Duration interval(String parameter, Duration fallback) {
        if (!values.containsKey(parameter)) {
            return fallback;
        }
        String expected = "a whole number of minutes from " + SHORTEST_INTERVAL.toMinutes() + " to "
                + LONGEST_INTERVAL.toMinutes();
        return minutes(text(parameter, expected, value -> minutes(value).isPresent()))
                .orElse(fallback);
    }

    int statements(String parameter, int fallback) {
        if (!values.containsKey(parameter)) {
            return fallback;
        }
        String value = text(parameter, "a whole number of statements from 1 to 50", STATEMENTS.asMatchPredicate());
        return STATEMENTS.matcher(value).matches() ? Integer.parseInt(value) : fallback;
    }

    /** May be missing. Whether the names exist is checked where the exports are known. */
    Optional<ExportList> exports(String parameter) {
        if (!values.containsKey(parameter)) {
            return Optional.empty();
        }
        String value = checked(parameter, ExportList.EXPECTED, ExportList::objection);
        return Optional.of(ExportList.parse(parameter, value));
    }

    /** May be missing, and may stay when it has had its effect. */
    Optional<String> acceptSource(String parameter) {
        return values.containsKey(parameter)
                ? Optional.of(text(
                        parameter,
                        "the identity that the failed run names, such as namespace:<id> or host:<address>#<day>",
                        SOURCE_IDENTITY.asMatchPredicate()))
                : Optional.empty();
    }

    private static Optional<Duration> minutes(String value) {
        return Optional.of(value)
                .filter(MINUTES.asMatchPredicate())
                .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)))
                .filter(interval -> interval.compareTo(SHORTEST_INTERVAL) >= 0)
                .filter(interval -> interval.compareTo(LONGEST_INTERVAL) <= 0);
    }

    private String text(String parameter, String expected, Predicate<String> legal) {
        return checked(parameter, expected, value -> legal.test(value) ? Optional.empty() : Optional.of(""));
    }

    /**
     * A value that is no secret, without blanks and line ends around it. Before anything else looks at it, one that may
     * contain a password is refused, and not shown.
     *
     * @param objection why a value is not valid, as text to add to what is expected; empty for a valid value
     */
    private String checked(String parameter, String expected, Function<String, Optional<String>> objection) {
        @Nullable String value = values.get(parameter);
        if (value == null) {
            problems.add(Problem.missing(parameter, expected));
            return "";
        }
        String trimmed = ParameterText.trim(value);
        if (SecretDetector.mayContainSecret(trimmed)) {
            boolean jdbc = trimmed.regionMatches(true, 0, JDBC, 0, JDBC.length());
            problems.add(new Problem(parameter, Problem.HIDDEN, expected + (jdbc ? NO_JDBC : NO_SECRET)));
            return "";
        }
        String invisible = invisible(trimmed);
        Optional<String> refusal = trimmed.isBlank()
                ? Optional.of(invisible)
                : invisible.isEmpty()
                        ? objection.apply(trimmed).map(reason -> reason.isEmpty() ? reason : "; " + reason)
                        : Optional.of(invisible);
        refusal.ifPresent(reason -> problems.add(new Problem(parameter, value, expected + reason)));
        return trimmed;
    }

    /** Names the first character that shows nothing; empty if there is none. */
    private static String invisible(String value) {
        return ParameterText.invisible(value)
                .map(character -> "; it contains " + character)
                .orElse("");
    }
}
