package io.github.redshiftquerylogs.orchestrator.environment;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.orchestrator.environment.VariableReader.Format;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import java.util.Map;
import java.util.function.Function;

/**
 * The Lambda's environment variables ({@link LambdaVariables}). They hold addresses and names, no secrets.
 *
 * @param jobJar S3 URI of the job's jar ({@code JOB_JAR})
 * @param jobScript S3 URI of the script that Glue starts ({@code JOB_SCRIPT})
 * @param stateTable the DynamoDB state table ({@code STATE_TABLE})
 * @param database the Glue database of the lake ({@code DATABASE_NAME})
 * @param network the network of the jobs ({@code SECURITY_GROUPS}, {@code SUBNETS})
 * @param jobs settings of the jobs ({@code JOB_*})
 */
public record Environment(
        String jobJar, String jobScript, String stateTable, String database, JobNetwork network, JobShape jobs) {

    private static final String S3_OBJECT = "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/\\s,]+)+";
    private static final Format JAR = Format.of(S3_OBJECT, "the S3 URI of the job's jar");
    private static final Format SCRIPT = Format.of(S3_OBJECT, "the S3 URI of the job's script");
    private static final Format TABLE = Format.of("[\\w.-]{3,255}", "the name of a DynamoDB table");
    private static final Format DATABASE =
            Format.of("[a-z0-9_]{1,255}", "the name of a Glue database: lower-case letters, digits, underscores");
    private static final Format SECURITY_GROUPS =
            Format.of("sg-[0-9a-z]+", "security groups by VPC, each VPC once, such as vpc-1=sg-1,sg-2;vpc-2=sg-3");
    private static final Format SUBNETS = Format.of(
            "subnet-[0-9a-z]+@[a-z][0-9a-z-]*",
            "subnets with their zones by VPC, each VPC once, such as"
                    + " vpc-1=subnet-1@eu-central-1a,subnet-2@eu-central-1b;vpc-2=subnet-3@eu-central-1a");

    /**
     * Reads the variables.
     *
     * @throws InvalidSettingsException if variables are missing or invalid; its message lists all of them
     */
    public static Environment parse(Map<String, String> variables) {
        VariableReader reader = new VariableReader(variables);
        Environment environment = new Environment(
                reader.required(LambdaVariables.JOB_JAR, JAR),
                reader.required(LambdaVariables.JOB_SCRIPT, SCRIPT),
                reader.optional(LambdaVariables.STATE_TABLE, ResourceNames.STATE_TABLE, TABLE),
                reader.optional(LambdaVariables.DATABASE_NAME, ResourceNames.DATABASE, DATABASE),
                new JobNetwork(
                        reader.byVpc(LambdaVariables.SECURITY_GROUPS, SECURITY_GROUPS, Function.identity()),
                        reader.byVpc(LambdaVariables.SUBNETS, SUBNETS, Environment::subnet)),
                JobShape.read(reader));
        if (!reader.problems().isEmpty()) {
            throw new InvalidSettingsException(reader.problems());
        }
        return environment;
    }

    private static JobSubnet subnet(String text) {
        int at = text.indexOf('@');
        return new JobSubnet(text.substring(0, at), text.substring(at + 1), true);
    }
}
