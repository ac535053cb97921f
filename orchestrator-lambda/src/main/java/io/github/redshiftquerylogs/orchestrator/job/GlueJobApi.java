package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import java.util.Map;

/** Glue jobs. Each call is made once, without retries. */
public interface GlueJobApi {

    /**
     * Starts a run of a job.
     *
     * @return Glue's id of the run
     */
    String start(String job) throws CallFailedException;

    /** Creates a job. */
    void create(JobDefinition definition) throws CallFailedException;

    /** Replaces the definition of a job; its tags are not part of it and stay unchanged. */
    void update(JobDefinition definition) throws CallFailedException;

    /**
     * Whether a run has ended without success: it failed, was stopped, or reached its timeout.
     *
     * @param runId Glue's id of the run
     */
    boolean hasDied(String job, String runId) throws CallFailedException;

    /** The settings of a job, as in {@link JobDefinition#settings}; without those that it does not have. */
    Map<String, String> settings(String job) throws CallFailedException;
}
