package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.cluster.InvalidSettingsException;
import io.github.redshiftquerylogs.cluster.Problem;
import io.github.redshiftquerylogs.cluster.ResourceNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the deployment tells the Lambda by environment variables: addresses and names only.
 *
 * @param jobJar S3 URI of the job's jar ({@code JOB_JAR})
 * @param jobScript S3 URI of the script that Glue starts ({@code JOB_SCRIPT})
 * @param stateTable the DynamoDB table of starts and watermarks ({@code STATE_TABLE})
 * @param database the Glue database of the lake ({@code DATABASE_NAME})
 * @param securityGroups ids of the security groups of jobs by VPC, for connections that are made here ({@code
 *     SECURITY_GROUPS})
 * @param jobs what is chosen of the jobs
 */
public record Environment(
        String jobJar,
        String jobScript,
        String stateTable,
        String database,
        Map<String, List<String>> securityGroups,
        JobShape jobs) {

    static final String SECURITY_GROUPS = "SECURITY_GROUPS";

    private static final Pattern S3_OBJECT = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/]+)+");
    private static final Pattern TABLE = Pattern.compile("[\\w.-]{3,255}");
    private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,255}");
    private static final Pattern GROUPS_OF_VPC = Pattern.compile("vpc-[0-9a-z]+=sg-[0-9a-z]+(,sg-[0-9a-z]+)*");

    /** Without security groups: connections that are made here get those of their cluster; and with usual jobs. */
    public Environment(String jobJar, String jobScript, String stateTable, String database) {
        this(jobJar, jobScript, stateTable, database, Map.of(), JobShape.DEFAULT);
    }

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
                        problems),
                securityGroups(variables.getOrDefault(SECURITY_GROUPS, "").trim(), problems),
                JobShape.parse(variables, problems));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return environment;
    }

    /** {@code vpc-1=sg-1,sg-2;vpc-2=sg-3}. */
    private static Map<String, List<String>> securityGroups(String value, List<Problem> problems) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (String entry : value.isEmpty() ? new String[0] : value.split(";", -1)) {
            String trimmed = entry.trim();
            int equals = trimmed.indexOf('=');
            if (!GROUPS_OF_VPC.matcher(trimmed).matches() || groups.containsKey(trimmed.substring(0, equals))) {
                problems.add(new Problem(
                        SECURITY_GROUPS,
                        value,
                        "security groups by VPC, each VPC once, such as vpc-1=sg-1,sg-2;vpc-2=sg-3"));
                return Map.of();
            }
            groups.put(
                    trimmed.substring(0, equals),
                    List.of(trimmed.substring(equals + 1).split(",")));
        }
        return Collections.unmodifiableMap(groups);
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
