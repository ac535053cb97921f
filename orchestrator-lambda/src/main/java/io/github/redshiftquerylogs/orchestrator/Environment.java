package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.InvalidSettingsException;
import io.github.redshiftquerylogs.cluster.Problem;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the deployment tells the Lambda by environment variables: addresses and names only.
 *
 * @param jobJar S3 URI of the job's jar ({@code JOB_JAR})
 * @param jobScript S3 URI of the script that Glue starts ({@code JOB_SCRIPT})
 * @param stateTable the DynamoDB table of starts and watermarks ({@code STATE_TABLE})
 * @param database the Glue database of the lake ({@code DATABASE_NAME})
 */
public record Environment(String jobJar, String jobScript, String stateTable, String database) {

    private static final Pattern S3_OBJECT = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/]+)+");
    private static final Pattern TABLE = Pattern.compile("[\\w.-]{3,255}");
    private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,255}");

    /**
     * Reads the variables; an empty one counts as not set.
     *
     * @throws InvalidSettingsException with all problems at once
     */
    public static Environment parse(Map<String, String> variables) {
        List<Problem> problems = new ArrayList<>();
        Environment environment = new Environment(
                read(variables, "JOB_JAR", null, S3_OBJECT, "the S3 URI of the job's jar", problems),
                read(variables, "JOB_SCRIPT", null, S3_OBJECT, "the S3 URI of the job's script", problems),
                read(
                        variables,
                        "STATE_TABLE",
                        ResourceNames.STATE_TABLE,
                        TABLE,
                        "the name of a DynamoDB table",
                        problems),
                read(
                        variables,
                        "DATABASE_NAME",
                        ResourceNames.DATABASE,
                        DATABASE,
                        "the name of a Glue database: lower-case letters, digits, underscores",
                        problems));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return environment;
    }

    private static String read(
            Map<String, String> variables,
            String name,
            @Nullable String fallback,
            Pattern legal,
            String expected,
            List<Problem> problems) {
        String value = variables.getOrDefault(name, "").trim();
        if (value.isEmpty() && fallback != null) {
            return fallback;
        }
        if (value.isEmpty()) {
            problems.add(new Problem(name, Problem.MISSING, expected));
        } else if (!legal.matcher(value).matches()) {
            problems.add(new Problem(name, value, expected));
        }
        return value;
    }
}
