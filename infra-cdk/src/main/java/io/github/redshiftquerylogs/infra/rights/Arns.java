package io.github.redshiftquerylogs.infra.rights;

import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awscdk.Aws;

/** ARNs of resources that the stack does not create, in the stack's account and Region. */
public final class Arns {

    /** Our parameters, global ones and those of all clusters. */
    public static final String PARAMETERS = of("ssm", "parameter/" + ParameterNames.PREFIX + "*");
    /** Name of the parameter with a cluster's connection, with {@code *} for the cluster. */
    public static final String CONNECTION_PARAMETER = ParameterNames.PREFIX + "*.connection";
    /** The connection parameters of all clusters. */
    public static final String CONNECTION_PARAMETERS = of("ssm", "parameter/" + CONNECTION_PARAMETER);
    /** The Glue jobs of all clusters. */
    public static final String JOBS = of("glue", "job/*" + ResourceNames.JOB_SUFFIX);
    /** The Glue connections that the Lambda creates. */
    public static final String CONNECTIONS = of("glue", "connection/*" + ResourceNames.CONNECTION_SUFFIX);

    private Arns() {}

    /** The ARN of a resource of a service. */
    public static String of(String service, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + resource;
    }

    /** The ARN of a resource of a service that another account may share with this one; it contains the owner. */
    public static String ofAnyAccount(String service, String resource) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + Aws.REGION + ":*:" + resource;
    }

    /** The ARN of a resource of Glue. */
    public static String glue(String resource) {
        return of("glue", resource);
    }

    /** ARNs of IAM have no Region. */
    public static String role(String name) {
        return "arn:" + Aws.PARTITION + ":iam::" + Aws.ACCOUNT_ID + ":role/" + name;
    }
}
