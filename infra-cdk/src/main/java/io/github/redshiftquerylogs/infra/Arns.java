package io.github.redshiftquerylogs.infra;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awscdk.Aws;

/** ARNs of resources that the stack does not create, in the stack's account and Region. */
final class Arns {

    /** Our parameters, global ones and those of all clusters. */
    static final String PARAMETERS = of("ssm", "parameter/" + ParameterNames.PREFIX + "*");
    /** Name of the parameter with a cluster's connection, with {@code *} for the cluster. */
    static final String CONNECTION_PARAMETER = ParameterNames.PREFIX + "*.connection";
    /** The connection parameters of all clusters. */
    static final String CONNECTION_PARAMETERS = of("ssm", "parameter/" + CONNECTION_PARAMETER);
    /** The Glue jobs of all clusters. */
    static final String JOBS = of("glue", "job/*" + ResourceNames.JOB_SUFFIX);
    /** The Glue connections that the Lambda creates. */
    static final String CONNECTIONS = of("glue", "connection/*" + ResourceNames.CONNECTION_SUFFIX);

    private Arns() {}

    static String of(String service, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + resource;
    }

    static String glue(String resource) {
        return of("glue", resource);
    }

    /** ARNs of IAM have no Region. */
    static String role(String name) {
        return "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/" + name;
    }
}
