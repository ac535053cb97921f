package io.github.redshiftquerylogs.orchestrator.state;

/**
 * What the job itself left as its latest summary.
 *
 * @param runId the run's own idea of its id: Glue's, unless Glue did not tell it
 * @param succeeded whether it did all that it should
 */
public record LastRun(String runId, boolean succeeded) {}
