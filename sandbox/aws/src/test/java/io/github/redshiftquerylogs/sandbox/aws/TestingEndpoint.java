package io.github.redshiftquerylogs.sandbox.aws;

import io.github.redshiftquerylogs.sandbox.aws.jobs.TestingJobRunner;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** An endpoint and the real clients on it, without retries, so that each test sees the endpoint's own reply. */
public final class TestingEndpoint implements AutoCloseable {

    /** Timeouts of jobs are in minutes; tests use shorter ones. */
    public static final Duration MINUTE = Duration.ofMillis(200);

    public final TestingClock clock = new TestingClock();
    public final TestingJobRunner runner = new TestingJobRunner();
    public final LocalAwsEndpoint endpoint = LocalAwsEndpoint.start(runner, clock, MINUTE);
    public final SsmClient ssm = client(SsmClient.builder());
    public final GlueClient glue = client(GlueClient.builder());
    public final RedshiftClient redshift = client(RedshiftClient.builder());
    public final RedshiftDataClient redshiftData = client(RedshiftDataClient.builder());
    public final SecretsManagerClient secretsManager = client(SecretsManagerClient.builder());

    @Override
    public void close() {
        ssm.close();
        glue.close();
        redshift.close();
        redshiftData.close();
        secretsManager.close();
        endpoint.close();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint.uri())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(LocalCredentials.DEFAULT.provider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
