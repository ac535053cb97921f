package io.github.redshiftquerylogs.orchestrator.state;

/**
 * The latest run summary that the job has stored.
 *
 * @param runId id of the run: Glue's, or one of the job's own if it was not given Glue's
 * @param succeeded whether every table was exported
 */
public record LastRun(String runId, boolean succeeded) {}
