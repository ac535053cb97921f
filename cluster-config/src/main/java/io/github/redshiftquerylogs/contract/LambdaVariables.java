package io.github.redshiftquerylogs.contract;

/**
 * Names of the Lambda's environment variables. The deployment sets them, the Lambda reads them; {@code
 * docs/contracts.md} lists meaning, default and valid values.
 */
public final class LambdaVariables {

    /** S3 URI of the job's jar; required. */
    public static final String JOB_JAR = "JOB_JAR";
    /** S3 URI of the script that Glue starts; required. */
    public static final String JOB_SCRIPT = "JOB_SCRIPT";
    /** Name of the DynamoDB state table. */
    public static final String STATE_TABLE = "STATE_TABLE";
    /** Name of the Glue database of the lake. */
    public static final String DATABASE_NAME = "DATABASE_NAME";

    /** Security groups of the jobs by VPC, such as {@code vpc-1=sg-1,sg-2;vpc-2=sg-3}. */
    public static final String SECURITY_GROUPS = "SECURITY_GROUPS";
    /** Subnets of the jobs with their zones by VPC, such as {@code vpc-1=subnet-1@eu-central-1a}. */
    public static final String SUBNETS = "SUBNETS";

    /** Glue's type of the jobs' workers, such as {@code G.1X}. */
    public static final String JOB_WORKER_TYPE = "JOB_WORKER_TYPE";
    /** Number of workers of a job, including its driver. */
    public static final String JOB_WORKERS = "JOB_WORKERS";
    /** Name of the Glue security configuration of the jobs. */
    public static final String JOB_SECURITY_CONFIGURATION = "JOB_SECURITY_CONFIGURATION";
    /** Prefix of the names of the jobs' log groups. */
    public static final String JOB_LOG_GROUP_PREFIX = "JOB_LOG_GROUP_PREFIX";

    private LambdaVariables() {}
}
