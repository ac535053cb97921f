package io.github.redshiftquerylogs.orchestrator;

/** What the Lambda asks of Glue. Every call is made once; none is repeated behind the caller's back. */
interface GlueJobs {

    /**
     * Starts a run of a job.
     *
     * @return Glue's id of the run
     */
    String start(String job) throws CallFailedException;

    /** Creates a job. */
    void create(JobDefinition definition) throws CallFailedException;
}
