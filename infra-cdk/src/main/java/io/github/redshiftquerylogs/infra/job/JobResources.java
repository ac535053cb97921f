package io.github.redshiftquerylogs.infra.job;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.infra.foundation.Artifacts;
import io.github.redshiftquerylogs.infra.foundation.StackKey;
import io.github.redshiftquerylogs.infra.lake.Storage;
import io.github.redshiftquerylogs.infra.rights.Allow;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * Resources of the Glue jobs. The jobs themselves are created by the Lambda, the only owner of their definitions. They
 * have no security configuration: with one, Glue writes to log groups of other names, which it creates itself, without a
 * retention. The log groups made here are encrypted, and so is the bucket.
 */
public final class JobResources extends Construct {

    private final Asset jar;
    private final Asset script;
    private final Role role;
    private final String logGroupPrefix;

    /** Creates the assets, log groups and role of the jobs. */
    public JobResources(
            Construct scope, String id, Artifacts artifacts, Storage storage, StackKey key, RetentionDays retention) {
        super(scope, id);
        jar = Asset.Builder.create(this, "Jar")
                .path(artifacts.jobJar().toString())
                .build();
        script = Asset.Builder.create(this, "Script")
                .path(artifacts.jobScript().toString())
                .build();
        logGroupPrefix = "/redshift-query-logs/jobs-" + key.uniqueSuffix();
        // the names that Glue derives from the prefix:
        // https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html
        for (String stream : List.of("error", "output")) {
            LogGroup.Builder.create(this, "Log-" + stream)
                    .logGroupName(logGroupPrefix + "/" + stream)
                    .encryptionKey(key.key())
                    .retention(retention)
                    .removalPolicy(RemovalPolicy.DESTROY)
                    .build();
        }
        // a fixed name, so that the parameter with this name stays valid for the next stack
        role = Role.Builder.create(this, "Role")
                .roleName(roleName())
                .description("Role of the export jobs of redshift-query-logs")
                .assumedBy(new ServicePrincipal("glue.amazonaws.com"))
                .build();
        Allow.grant(role, JobRights.of(storage, List.of(jar, script), logGroupPrefix));
    }

    /** The role of the job runs. */
    public Role role() {
        return role;
    }

    /** Contains the Region, since role names are unique in an account and there is one deployment per Region. */
    static String roleName() {
        return "redshift-query-logs-job-" + Aws.REGION;
    }

    /** Environment variables of the Lambda, for the definitions of the jobs. */
    public Map<String, String> environment() {
        return Map.of(
                LambdaVariables.JOB_JAR, jar.getS3ObjectUrl(),
                LambdaVariables.JOB_SCRIPT, script.getS3ObjectUrl(),
                LambdaVariables.JOB_LOG_GROUP_PREFIX, logGroupPrefix);
    }
}
