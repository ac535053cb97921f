package io.github.redshiftquerylogs.redshift;

import io.github.redshiftquerylogs.failure.FailureCategory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Interprets errors of the Data API; pure. The Data API passes on the database's error message without its SQLSTATE, so
 * the SQLSTATE is derived from the message, in the words of Redshift (PostgreSQL). An unknown message has no SQLSTATE
 * and is never taken for a refusal of the statement, which would let the run go on without it.
 */
final class DataApiFailure {

    /** The first pattern that is found decides. */
    private static final Map<Pattern, String> STATES = new LinkedHashMap<>();

    static {
        state("password authentication failed|role \".*\" does not exist|user \".*\" does not exist", "28P01");
        state("database \".*\" does not exist", "3D000");
        state(
                "connection (to .* )?(refused|timed out|reset)|could not connect|terminating connection"
                        + "|connection attempt failed|has been closed|broken pipe",
                "08006");
        state("cancell?ed on user's request|cancell?ing statement|statement timeout|query .*cancelled", "57014");
        state("shutting down|starting up|restarting|in recovery|in maintenance", "57P01");
        state("out of memory|disk full|too many (connections|clients)|connection limit", "53000");
        state("permission denied|must be owner", "42501");
        state("relation \".*\" does not exist", "42P01");
        state("column .* does not exist", "42703");
        state("column reference .* is ambiguous", "42702");
        state("syntax error", "42601");
        state("(function|operator|type) .*does not exist", "42883");
        state("not supported|not implemented", "0A000");
        state("division by zero", "22012");
        state("invalid input syntax|out of range|overflow|invalid .*(value|format|digit)", "22000");
    }

    /** Messages about S3: S3 being unreachable from the cluster does not mean that the cluster is unreachable. */
    private static final Pattern STORAGE = Pattern.compile("\\bS3|\\bcurl\\b", Pattern.CASE_INSENSITIVE);

    private DataApiFailure() {}

    private static void state(String text, String state) {
        STATES.put(Pattern.compile(text, Pattern.CASE_INSENSITIVE), state);
    }

    /** The SQLSTATE of a database error; empty if its message does not tell. */
    static Optional<String> stateOf(String text) {
        if (STORAGE.matcher(text).find()) {
            return Optional.empty();
        }
        for (Map.Entry<Pattern, String> candidate : STATES.entrySet()) {
            if (candidate.getKey().matcher(text).find()) {
                return Optional.of(candidate.getValue());
            }
        }
        return Optional.empty();
    }

    /** A hint if the message says that a result exceeds the Data API's limit; empty text otherwise. */
    static String ofSize(String text) {
        String said = text.toLowerCase(Locale.ROOT);
        return said.contains("500 mb") || (said.contains("result") && said.contains("exceed"))
                ? ": expected a result of at most 500 MB: let the cluster unload (parameter unload_role), or read shorter"
                        + " windows (--window_minutes); the next run halves this one"
                : "";
    }

    /**
     * A hint for a request that the service refused; empty text if there is none.
     *
     * @param code the error code, such as {@code ValidationException}
     */
    static String hint(String code) {
        return switch (code) {
            case "AccessDeniedException" ->
                ": expected that the role of the job has redshift-data:BatchExecuteStatement,"
                        + " DescribeStatement, GetStatementResult, ListStatements and CancelStatement, and"
                        + " redshift:GetClusterCredentials (parameter user), GetClusterCredentialsWithIAM (no user) or secretsmanager:GetSecretValue (secret);"
                        + " redshift-serverless:GetCredentials on Serverless";
            case "ValidationException" ->
                ": expected a cluster or workgroup of this account and Region that runs (is not paused), and its"
                        + " database, in the cluster's parameter connection; a user or a secret that fits it";
            case "ResourceNotFoundException" ->
                ": expected a statement of this run: results are kept for 24 hours, for the identity that ran it";
            case "ActiveStatementsExceededException", "ActiveSessionsExceededException" ->
                ": expected fewer statements at the same time; 500 may be active";
            default -> "";
        };
    }

    /** The category of a request that the service refused. */
    static FailureCategory category(String code) {
        return switch (code) {
            case "AccessDeniedException" -> FailureCategory.PERMISSION;
            case "ValidationException" -> FailureCategory.SETTINGS;
            default -> FailureCategory.SOURCE;
        };
    }

    /** Whether the same request may succeed a little later. */
    static boolean mayPass(String code) {
        return switch (code) {
            case "ActiveStatementsExceededException",
                    "ActiveSessionsExceededException",
                    "ThrottlingException",
                    "InternalServerException" -> true;
            default -> false;
        };
    }
}
