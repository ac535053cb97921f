package io.github.redshiftquerylogs.sandbox.aws.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.github.redshiftquerylogs.sandbox.aws.faults.Fault.Kind;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.wire.LoopbackServer;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Faults as the real SDKs see them, in front of a server that counts the requests that it carries out. */
class FaultyNetworkTest {

    private static final String CONTENT = "0123456789";

    private final AtomicInteger carriedOut = new AtomicInteger();
    private final LoopbackServer server = LoopbackServer.start("service-", this::answer);
    private final Map<Long, Kind> plan = new HashMap<>();
    private final FaultyNetwork network = FaultyNetwork.before(
            Map.of(
                    "AWS_ENDPOINT_URL",
                    server.uri().toString(),
                    "AWS_ENDPOINT_URL_S3",
                    server.uri().toString(),
                    "AWS_ENDPOINT_URL_DYNAMODB",
                    server.uri().toString(),
                    "AWS_REGION",
                    "eu-central-1"),
            (service, operation, number) -> Optional.ofNullable(plan.get(number))
                    .map(kind -> kind == Kind.LATENCY ? new Fault(kind, Duration.ofMillis(300)) : Fault.of(kind)));

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            carriedOut.incrementAndGet();
            boolean json = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            boolean form = new String(body, StandardCharsets.UTF_8).startsWith("Action=");
            byte[] reply = (json ? "{}" : form ? "<a/>" : CONTENT).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    @AfterEach
    void stop() {
        network.close();
        server.close();
    }

    /** The SDK's own retries go on behind what each service says. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"LATENCY", "THROTTLED", "SERVER_ERROR"})
    void clientsOvercomeWhatTheServiceSays(Kind kind) {
        plan.put(0L, kind);
        network.disturb();

        callEachService(true);

        assertThat(network.counts()).isEqualTo(Map.of(kind, 7L));
        assertThat(network.requests()).isEqualTo(kind == Kind.LATENCY ? 7 : 14);
        assertThat(carriedOut).as("what is refused is not carried out").hasValue(7);
    }

    /** What the retries of {@link #clientsOvercomeWhatTheServiceSays} recognise. */
    @Test
    void errorsHaveTheShapesOfTheServices() {
        List.of(0L, 1L).forEach(number -> plan.put(number, number == 0 ? Kind.THROTTLED : Kind.SERVER_ERROR));
        network.disturb();

        List<AwsServiceException> throttled = callEachService(false);
        List<AwsServiceException> broken = callEachService(false);

        assertThat(throttled).hasSize(7).allMatch(AwsServiceException::isThrottlingException);
        assertThat(throttled)
                .extracting(e -> e.awsErrorDetails().errorCode())
                .contains("SlowDown", "ProvisionedThroughputExceededException", "Throttling", "ThrottlingException");
        assertThat(broken).hasSize(7).allMatch(e -> e.statusCode() == 500);
        assertThat(carriedOut).hasValue(0);
    }

    /** Java repeats a request without a body by itself once. */
    @Test
    void connectionClosesWithoutAReplyBeforeOrAfterTheRequestIsCarriedOut() {
        plan.putAll(Map.of(0L, Kind.RESET, 1L, Kind.RESET, 2L, Kind.LOST_REPLY, 3L, Kind.LOST_REPLY));
        network.disturb();
        try (S3Client s3 = s3(false)) {
            assertThatExceptionOfType(SdkClientException.class)
                    .isThrownBy(() ->
                            s3.deleteObject(delete -> delete.bucket("lake").key("a")));
            assertThat(carriedOut).hasValue(0);
            assertThatExceptionOfType(SdkClientException.class)
                    .isThrownBy(() ->
                            s3.deleteObject(delete -> delete.bucket("lake").key("a")));
            assertThat(carriedOut).hasValue(2);
        }
    }

    @Test
    void calmNetworkPassesAllAndShowsItToItsWatchers() {
        plan.put(0L, Kind.THROTTLED);
        List<String> seen = new ArrayList<>();
        network.watch((ReceivedCall call) -> seen.add(call.service() + " " + call.operation()));

        callEachService(false);
        network.disturb();
        network.calm();
        callEachService(false);

        assertThat(network.counts()).isEmpty();
        assertThat(network.requests()).isZero();
        assertThat(seen).hasSize(14).contains("s3 GET", "dynamodb GetItem", "redshift DescribeClusters");
        assertThat(network.environment()).containsEntry("AWS_REGION", "eu-central-1");
    }

    /** Calls each of the seven services once; returns their errors. */
    private List<AwsServiceException> callEachService(boolean retries) {
        List<AwsServiceException> errors = new ArrayList<>();
        try (S3Client s3 = s3(retries);
                DynamoDbClient dynamoDb = client(DynamoDbClient.builder(), "AWS_ENDPOINT_URL_DYNAMODB", retries);
                SsmClient ssm = client(SsmClient.builder(), "AWS_ENDPOINT_URL", retries);
                GlueClient glue = client(GlueClient.builder(), "AWS_ENDPOINT_URL", retries);
                SecretsManagerClient secrets = client(SecretsManagerClient.builder(), "AWS_ENDPOINT_URL", retries);
                RedshiftClient redshift = client(RedshiftClient.builder(), "AWS_ENDPOINT_URL", retries);
                RedshiftDataClient data = client(RedshiftDataClient.builder(), "AWS_ENDPOINT_URL", retries)) {
            List<Runnable> calls = List.of(
                    () -> s3.getObjectAsBytes(get -> get.bucket("lake").key("a")),
                    () -> dynamoDb.getItem(get -> get.tableName("t").key(Map.of())),
                    () -> ssm.getParameters(get -> get.names("a")),
                    () -> glue.getJob(get -> get.jobName("a")),
                    () -> secrets.getSecretValue(get -> get.secretId("a")),
                    redshift::describeClusters,
                    () -> data.describeStatement(describe -> describe.id("a")));
            for (Runnable call : calls) {
                try {
                    call.run();
                } catch (AwsServiceException e) {
                    errors.add(e);
                }
            }
        }
        return errors;
    }

    private S3Client s3(boolean retries) {
        return client(S3Client.builder().forcePathStyle(true), "AWS_ENDPOINT_URL_S3", retries);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, String endpoint, boolean retries) {
        return builder.endpointOverride(URI.create(network.environment().getOrDefault(endpoint, "")))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(LocalCredentials.DEFAULT.provider())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(
                        retries ? AwsRetryStrategy.standardRetryStrategy() : AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
