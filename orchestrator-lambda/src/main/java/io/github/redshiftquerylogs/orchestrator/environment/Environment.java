package io.github.redshiftquerylogs.orchestrator.environment;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
 * @param subnets subnets of jobs by VPC, for the same connections ({@code SUBNETS})
 * @param jobs what is chosen of the jobs
 */
public record Environment(
        String jobJar,
        String jobScript,
        String stateTable,
        String database,
        Map<String, List<String>> securityGroups,
        Map<String, List<ClusterSubnet>> subnets,
        JobShape jobs) {

    private static final Pattern S3_OBJECT = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/\\s,]+)+");
    private static final Pattern TABLE = Pattern.compile("[\\w.-]{3,255}");
    private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,255}");
    private static final Pattern VPC = Pattern.compile("vpc-[0-9a-z]+");
    private static final Pattern GROUP = Pattern.compile("sg-[0-9a-z]+");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]+@[a-z][0-9a-z-]*");

    /**
     * Reads the variables; an empty one counts as not set.
     *
     * @throws InvalidSettingsException with all problems at once
     */
    public static Environment parse(Map<String, String> variables) {
        List<Problem> problems = new ArrayList<>();
        Environment environment = new Environment(
                read(variables, LambdaVariables.JOB_JAR, null, S3_OBJECT, "the S3 URI of the job's jar", problems),
                read(
                        variables,
                        LambdaVariables.JOB_SCRIPT,
                        null,
                        S3_OBJECT,
                        "the S3 URI of the job's script",
                        problems),
                read(
                        variables,
                        LambdaVariables.STATE_TABLE,
                        ResourceNames.STATE_TABLE,
                        TABLE,
                        "the name of a DynamoDB table",
                        problems),
                read(
                        variables,
                        LambdaVariables.DATABASE_NAME,
                        ResourceNames.DATABASE,
                        DATABASE,
                        "the name of a Glue database: lower-case letters, digits, underscores",
                        problems),
                byVpc(
                        variables,
                        LambdaVariables.SECURITY_GROUPS,
                        GROUP,
                        Function.identity(),
                        "security groups by VPC, each VPC once, such as vpc-1=sg-1,sg-2;vpc-2=sg-3",
                        problems),
                byVpc(
                        variables,
                        LambdaVariables.SUBNETS,
                        SUBNET,
                        Environment::subnet,
                        "subnets with their zones by VPC, each VPC once, such as"
                                + " vpc-1=subnet-1@eu-central-1a,subnet-2@eu-central-1b;vpc-2=subnet-3@eu-central-1a",
                        problems),
                JobShape.parse(variables, problems));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return environment;
    }

    /** {@code vpc-1=one,two;vpc-2=three}; empty, with a problem, if any of it cannot be read. */
    private static <T> Map<String, List<T>> byVpc(
            Map<String, String> variables,
            String name,
            Pattern legal,
            Function<String, T> parse,
            String expected,
            List<Problem> problems) {
        String value = variables.getOrDefault(name, "").trim();
        Map<String, List<T>> byVpc = new TreeMap<>();
        for (String entry : value.isEmpty() ? new String[0] : value.split(";", -1)) {
            String[] sides = entry.trim().split("=", 2);
            List<String> listed = List.of(sides[sides.length - 1].split(",", -1));
            if (sides.length < 2
                    || !VPC.matcher(sides[0]).matches()
                    || byVpc.containsKey(sides[0])
                    || !listed.stream().allMatch(legal.asMatchPredicate())) {
                problems.add(new Problem(name, value, expected));
                return Map.of();
            }
            byVpc.put(sides[0], listed.stream().map(parse).toList());
        }
        return Collections.unmodifiableMap(byVpc);
    }

    private static ClusterSubnet subnet(String text) {
        int at = text.indexOf('@');
        return new ClusterSubnet(text.substring(0, at), text.substring(at + 1), true);
    }

    /** @param fallback for a variable that is not set or, so that all problems are found, not legal; null: required */
    static String read(
            Map<String, String> variables,
            String name,
            @Nullable String fallback,
            Pattern legal,
            String expected,
            List<Problem> problems) {
        String value = variables.getOrDefault(name, "").trim();
        if (legal.matcher(value).matches() && !value.isEmpty()) {
            return value;
        }
        if (!value.isEmpty()) {
            problems.add(new Problem(name, value, expected));
        } else if (fallback == null) {
            problems.add(Problem.missing(name, expected));
        }
        return fallback == null ? "" : fallback;
    }
}
