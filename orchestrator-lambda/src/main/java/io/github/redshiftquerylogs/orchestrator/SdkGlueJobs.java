package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.CallFailure.Operation;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.Job;

/** Glue by the SDK; turns its exceptions into failures that a decision can be made on. */
final class SdkGlueJobs implements GlueJobs {

    /** The longest that one call takes. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private final GlueClient glue;

    /**
     * With a client of {@link #clientBuilder} or one like it.
     *
     * @throws IllegalArgumentException if the client repeats requests by itself
     */
    SdkGlueJobs(GlueClient glue) {
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
     * A client that sends every request once. StartJobRun has no client token: a repeated request after a lost reply
     * would be a second start.
     */
    static GlueClientBuilder clientBuilder() {
        return GlueClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(8)))
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(CALL_TIMEOUT));
    }

    @Override
    public String start(String job) throws CallFailedException {
        return call(Operation.START, () -> {
            @Nullable String runId = glue.startJobRun(request -> request.jobName(job)).jobRunId();
            if (runId == null) {
                throw SdkClientException.create("a reply without the id of the run");
            }
            return runId;
        });
    }

    @Override
    public void create(JobDefinition definition) throws CallFailedException {
        call(Operation.CREATE, () -> glue.createJob(JobRequests.create(definition)));
    }

    @Override
    public void update(JobDefinition definition) throws CallFailedException {
        call(Operation.UPDATE, () -> glue.updateJob(JobRequests.update(definition)));
    }

    @Override
    public Map<String, String> settings(String job) throws CallFailedException {
        return call(Operation.GET, () -> {
            @Nullable Job found = glue.getJob(request -> request.jobName(job)).job();
            if (found == null) {
                throw SdkClientException.create("a reply without the job");
            }
            return JobRequests.settings(found);
        });
    }

    private static <T> T call(Operation operation, Supplier<T> call) throws CallFailedException {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw new CallFailedException(
                    CallFailure.answered(
                            operation,
                            e.statusCode(),
                            // an answer that is not Glue's own, such as a proxy's, has neither
                            Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "no error code"),
                            Objects.requireNonNullElse(e.awsErrorDetails().errorMessage(), "no message"),
                            e.isThrottlingException()),
                    e);
        } catch (SdkClientException e) {
            boolean neverLeft = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof ConnectException
                            || cause instanceof UnknownHostException
                            || cause instanceof NoRouteToHostException);
            String cause = String.valueOf(e.getMessage());
            throw new CallFailedException(
                    neverLeft ? CallFailure.notSent(operation, cause) : CallFailure.lost(operation, cause), e);
        }
    }
}
