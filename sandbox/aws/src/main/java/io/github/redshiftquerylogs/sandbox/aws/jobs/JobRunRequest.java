package io.github.redshiftquerylogs.sandbox.aws.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The request to start a run of a Glue job.
 *
 * @param jobName the job
 * @param runId Glue's id of the run, {@code jr_} and hexadecimal digits
 * @param commandName the kind of job, {@code glueetl} for Spark
 * @param scriptLocation the job's script, {@code s3://…}; empty if the job has none
 * @param arguments name (with {@code --}) to value: the job's default arguments, overridden by those of the run
 * @param connections names of the Glue connections that the job uses
 * @param timeout the time after which Glue stops the run
 */
public record JobRunRequest(
        String jobName,
        String runId,
        String commandName,
        String scriptLocation,
        Map<String, String> arguments,
        List<String> connections,
        Duration timeout) {}
