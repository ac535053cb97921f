package io.github.redshiftquerylogs.orchestrator.job;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.UpdateJobRequest;

/** Conversion of job definitions to and from Glue's API. */
public final class SdkJobRequests {

    private SdkJobRequests() {}

    /** The request that creates a job. */
    static CreateJobRequest create(JobDefinition definition) {
        return CreateJobRequest.builder()
                .name(definition.name())
                .role(definition.role())
                .command(command -> command.name(definition.command()).scriptLocation(definition.script()))
                .glueVersion(definition.glueVersion())
                .workerType(definition.workerType())
                .numberOfWorkers(definition.workers())
                .timeout(definition.timeoutMinutes())
                .maxRetries(definition.maxRetries())
                .executionProperty(execution -> execution.maxConcurrentRuns(definition.maxConcurrentRuns()))
                .connections(connections -> connections.connections(definition.connections()))
                .securityConfiguration(orNone(definition.securityConfiguration()))
                .defaultArguments(definition.defaultArguments())
                .tags(definition.tags())
                .build();
    }

    /** The request that updates a job: the whole definition, because Glue resets what is missing; without tags. */
    static UpdateJobRequest update(JobDefinition definition) {
        return UpdateJobRequest.builder()
                .jobName(definition.name())
                .jobUpdate(job -> job.role(definition.role())
                        .command(command -> command.name(definition.command()).scriptLocation(definition.script()))
                        .glueVersion(definition.glueVersion())
                        .workerType(definition.workerType())
                        .numberOfWorkers(definition.workers())
                        .timeout(definition.timeoutMinutes())
                        .maxRetries(definition.maxRetries())
                        .executionProperty(execution -> execution.maxConcurrentRuns(definition.maxConcurrentRuns()))
                        .connections(connections -> connections.connections(definition.connections()))
                        .securityConfiguration(orNone(definition.securityConfiguration()))
                        .defaultArguments(definition.defaultArguments()))
                .build();
    }

    private static @Nullable String orNone(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The settings of a job, as in {@link JobDefinition#settings}; without those that it does not have. */
    static SortedMap<String, String> settings(Job job) {
        SortedMap<String, String> settings = new TreeMap<>();
        put(settings, JobDefinition.ROLE, job.role());
        if (job.command() != null) {
            put(settings, "command", job.command().name());
            put(settings, "script", job.command().scriptLocation());
        }
        put(settings, "glueVersion", job.glueVersion());
        put(settings, "workerType", job.workerTypeAsString());
        put(settings, "workers", job.numberOfWorkers());
        put(settings, "timeoutMinutes", job.timeout());
        put(settings, "maxRetries", Objects.requireNonNullElse(job.maxRetries(), 0));
        if (job.executionProperty() != null) {
            put(settings, "maxConcurrentRuns", job.executionProperty().maxConcurrentRuns());
        }
        put(
                settings,
                "connections",
                job.connections() == null
                        ? ""
                        : String.join(",", job.connections().connections()));
        put(settings, "securityConfiguration", job.securityConfiguration());
        for (Map.Entry<String, String> argument : job.defaultArguments().entrySet()) {
            put(settings, argument.getKey(), argument.getValue());
        }
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable Object value) {
        if (value != null) {
            settings.put(name, value.toString());
        }
    }
}
