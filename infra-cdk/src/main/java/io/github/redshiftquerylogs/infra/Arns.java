package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awscdk.Aws;

/** ARNs of what the stack does not make itself, in its own account and Region. */
final class Arns {

    /** Each parameter of ours, of all clusters. */
    static final String PARAMETERS = of("ssm", "parameter/" + ParameterNames.PREFIX + "*");
    /** Where it is recorded how a cluster is reached, with {@code *} for the cluster. */
    static final String CONNECTION_PARAMETER = ParameterNames.PREFIX + "*.connection";
    /** Those of all clusters. */
    static final String CONNECTION_PARAMETERS = of("ssm", "parameter/" + CONNECTION_PARAMETER);
    /** The Glue jobs of all clusters. */
    static final String JOBS = of("glue", "job/*" + ResourceNames.JOB_SUFFIX);
    /** The Glue connections that the Lambda makes. */
    static final String CONNECTIONS = of("glue", "connection/*" + ResourceNames.CONNECTION_SUFFIX);

    private Arns() {}

    static String of(String service, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + resource;
    }

    static String glue(String resource) {
        return of("glue", resource);
    }

    /** IAM has no Region in its ARNs. */
    static String role(String name) {
        return "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/" + name;
    }
}
