package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.SdkCalls;
import io.github.redshiftquerylogs.orchestrator.call.SdkEndpointInterceptor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.JobRunState;

/** {@link GlueJobApi} by the SDK. */
public final class SdkGlueJobs implements GlueJobApi {

    /** Timeout of a call. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Set<JobRunState> DEAD = EnumSet.of(
            JobRunState.FAILED, JobRunState.ERROR, JobRunState.TIMEOUT, JobRunState.STOPPED, JobRunState.EXPIRED);

    private final GlueClient glue;

    /**
     * Uses a given client; the caller closes it.
     *
     * @param glue a client without retries, such as one of {@link #clientBuilder}
     * @throws IllegalArgumentException if the client retries
     */
    public SdkGlueJobs(GlueClient glue) {
        boolean sendsOnce = glue.serviceClientConfiguration()
                .overrideConfiguration()
                .retryStrategy()
                .map(strategy -> strategy.maxAttempts() == 1)
                .orElse(false);
        if (!sendsOnce) {
            throw new IllegalArgumentException(
                    "a Glue client with retries would start jobs twice: expected one without retries");
        }
        this.glue = glue;
    }

    /**
     * A client without retries. StartJobRun has no client token: a retry after a lost response would start a second run.
     */
    public static GlueClientBuilder clientBuilder() {
        return GlueClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(8)))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new SdkEndpointInterceptor())
                        .apiCallTimeout(CALL_TIMEOUT));
    }

    @Override
    public String start(String job) throws CallFailedException {
        return SdkCalls.make(
                Operation.START,
                () -> Optional.ofNullable(glue.startJobRun(request -> request.jobName(job))
                                .jobRunId())
                        .orElseThrow(() -> SdkClientException.create("a reply without the id of the run")));
    }

    @Override
    public void create(JobDefinition definition) throws CallFailedException {
        SdkCalls.make(Operation.CREATE, () -> glue.createJob(SdkJobRequests.create(definition)));
    }

    @Override
    public void update(JobDefinition definition) throws CallFailedException {
        SdkCalls.make(Operation.UPDATE, () -> glue.updateJob(SdkJobRequests.update(definition)));
    }

    @Override
    public boolean hasDied(String job, String runId) throws CallFailedException {
        return SdkCalls.make(
                Operation.GET_RUN,
                () -> Optional.ofNullable(
                                glue.getJobRun(request -> request.jobName(job).runId(runId))
                                        .jobRun())
                        .map(run -> DEAD.contains(run.jobRunState()))
                        .orElseThrow(() -> SdkClientException.create("a reply without the run")));
    }

    @Override
    public Map<String, String> settings(String job) throws CallFailedException {
        return SdkCalls.make(
                Operation.GET,
                () -> Optional.ofNullable(
                                glue.getJob(request -> request.jobName(job)).job())
                        .map(SdkJobRequests::settings)
                        .orElseThrow(() -> SdkClientException.create("a reply without the job")));
    }
}
