package io.github.redshiftquerylogs.orchestrator.environment;

import io.github.redshiftquerylogs.contract.LambdaVariables;
import io.github.redshiftquerylogs.settings.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a deployment chooses of its jobs.
 *
 * @param workerType Glue's name of a worker ({@code JOB_WORKER_TYPE}); {@code G.1X}, the smallest for Spark, unless given
 * @param workers how many, the driver among them ({@code JOB_WORKERS}); two, the fewest, unless given
 * @param securityConfiguration how Glue encrypts what it writes ({@code JOB_SECURITY_CONFIGURATION}); empty: not at all
 * @param logGroupPrefix what the names of the log groups begin with ({@code JOB_LOG_GROUP_PREFIX}); empty: Glue's own
 */
public record JobShape(String workerType, int workers, String securityConfiguration, String logGroupPrefix) {

    /** Where nothing is chosen. */
    static final JobShape DEFAULT = new JobShape("G.1X", 2, "", "");

    private static final Pattern WORKER_TYPE = Pattern.compile("[GR]\\.\\d{1,2}X");
    private static final Pattern WORKERS = Pattern.compile("[2-9]|[1-9]\\d{1,2}");
    private static final Pattern NAME = Pattern.compile("[\\w./#-]{0,255}");
    /** https://docs.aws.amazon.com/glue/latest/dg/monitor-continuous-logging.html */
    private static final Pattern PREFIX = Pattern.compile("[\\w/-]{0,400}");

    static JobShape parse(Map<String, String> variables, List<Problem> problems) {
        return new JobShape(
                Environment.read(
                        variables,
                        LambdaVariables.JOB_WORKER_TYPE,
                        DEFAULT.workerType,
                        WORKER_TYPE,
                        "a type such as G.1X",
                        problems),
                Integer.parseInt(Environment.read(
                        variables,
                        LambdaVariables.JOB_WORKERS,
                        "" + DEFAULT.workers,
                        WORKERS,
                        "a number from 2 to 999",
                        problems)),
                Environment.read(
                        variables,
                        LambdaVariables.JOB_SECURITY_CONFIGURATION,
                        "",
                        NAME,
                        "the name of a security configuration of Glue",
                        problems),
                Environment.read(
                        variables,
                        LambdaVariables.JOB_LOG_GROUP_PREFIX,
                        "",
                        PREFIX,
                        "the beginning of log groups' names",
                        problems));
    }
}
