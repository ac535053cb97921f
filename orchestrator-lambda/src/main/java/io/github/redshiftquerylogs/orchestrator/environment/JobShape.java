package io.github.redshiftquerylogs.orchestrator.environment;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.orchestrator.environment.VariableReader.Format;

/**
 * Settings of the jobs that the deployment defines.
 *
 * @param workerType Glue's worker type ({@code JOB_WORKER_TYPE}); default {@code G.1X}, the smallest for Spark
 * @param workers number of workers, including the driver ({@code JOB_WORKERS}); default 2, the minimum
 * @param securityConfiguration Glue security configuration ({@code JOB_SECURITY_CONFIGURATION}); empty: none
 * @param logGroupPrefix prefix of the log groups' names ({@code JOB_LOG_GROUP_PREFIX}); empty: Glue's default
 */
public record JobShape(String workerType, int workers, String securityConfiguration, String logGroupPrefix) {

    /** The defaults. */
    public static final JobShape DEFAULT = new JobShape("G.1X", 2, "", "");

    private static final Format WORKER_TYPE = Format.of("[GR]\\.\\d{1,2}X", "a type such as G.1X");
    private static final Format WORKERS = Format.of("[2-9]|[1-9]\\d{1,2}", "a number from 2 to 999");
    private static final Format SECURITY_CONFIGURATION =
            Format.of("[\\w./#-]{0,255}", "the name of a security configuration of Glue");
    /** https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html */
    private static final Format LOG_GROUP_PREFIX = Format.of("[\\w/-]{0,400}", "the beginning of log groups' names");

    static JobShape read(VariableReader variables) {
        return new JobShape(
                variables.optional(LambdaVariables.JOB_WORKER_TYPE, DEFAULT.workerType, WORKER_TYPE),
                Integer.parseInt(
                        variables.optional(LambdaVariables.JOB_WORKERS, Integer.toString(DEFAULT.workers), WORKERS)),
                variables.optional(LambdaVariables.JOB_SECURITY_CONFIGURATION, "", SECURITY_CONFIGURATION),
                variables.optional(LambdaVariables.JOB_LOG_GROUP_PREFIX, "", LOG_GROUP_PREFIX));
    }
}
