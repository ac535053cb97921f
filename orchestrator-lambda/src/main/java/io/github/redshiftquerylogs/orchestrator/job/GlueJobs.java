package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import java.util.Map;

/** What the Lambda asks of Glue. Every call is made once; none is repeated behind the caller's back. */
public interface GlueJobs {

    /**
     * Starts a run of a job.
     *
     * @return Glue's id of the run
     */
    String start(String job) throws CallFailedException;

    /** Creates a job. */
    void create(JobDefinition definition) throws CallFailedException;

    /** Puts a definition in place of that which a job has; its tags stay as they are, they are not a part of it. */
    void update(JobDefinition definition) throws CallFailedException;

    /** What a job looks like, in the terms of {@link JobDefinition#settings}; what it does not have is left out. */
    Map<String, String> settings(String job) throws CallFailedException;
}
