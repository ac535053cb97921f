package io.github.redshiftquerylogs.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.glue.GlueClient;

/** The real client against servers that behave unlike Glue. Each request is sent once. */
@Timeout(60)
class SdkGlueJobsTest {

    private final AtomicInteger requests = new AtomicInteger();

    private CallFailure failureOfStart(HttpHandler reply) throws IOException {
        return with(
                reply,
                jobs -> catchThrowableOfType(CallFailedException.class, () -> jobs.start("job"))
                        .failure());
    }

    private <T> T with(HttpHandler reply, Function<SdkGlueJobs, T> call) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            reply.handle(exchange);
            exchange.close();
        });
        server.start();
        try (GlueClient glue = SdkGlueJobs.clientBuilder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMillis(500)))
                .build()) {
            return call.apply(new SdkGlueJobs(glue));
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html */
    @ParameterizedTest
    @CsvSource({
        "STARTING, false",
        "RUNNING, false",
        "STOPPING, false",
        "WAITING, false",
        "SUCCEEDED, false",
        "A_NEW_STATE, false",
        "STOPPED, true",
        "FAILED, true",
        "TIMEOUT, true",
        "ERROR, true",
        "EXPIRED, true"
    })
    void aRunHasDiedIfItEndedWithoutSuccess(String state, boolean died) throws IOException {
        byte[] reply = ("{\"JobRun\": {\"Id\": \"jr_1\", \"JobRunState\": \"" + state + "\"}}")
                .getBytes(StandardCharsets.UTF_8);

        Boolean answer = with(
                exchange -> {
                    exchange.sendResponseHeaders(200, reply.length);
                    exchange.getResponseBody().write(reply);
                },
                jobs -> {
                    try {
                        return jobs.hasDied("job", "jr_1");
                    } catch (CallFailedException e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(answer).isEqualTo(died);
        assertThat(requests).hasValue(1);
    }

    @Test
    void whetherARunHasDiedIsNotKnownWithoutAnAnswer() throws IOException {
        CallFailure failure = with(
                exchange -> exchange.sendResponseHeaders(403, -1),
                jobs -> catchThrowableOfType(CallFailedException.class, () -> jobs.hasDied("job", "jr_1"))
                        .failure());
        assertThat(failure.text()).startsWith("GetJobRun: no error code (403)");
    }

    @Test
    void anAnswerThatIsNotOfGlueLeavesTheFateOfTheStartUnknown() throws IOException {
        CallFailure failure = failureOfStart(exchange -> {
            byte[] page = "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(502, page.length);
            exchange.getResponseBody().write(page);
        });
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.text()).startsWith("StartJobRun: ").contains("(502)").contains("the next tick finds out");
        assertThat(requests).hasValue(1);
    }

    @Test
    void anEmptyRefusalIsARefusal() throws IOException {
        CallFailure failure = failureOfStart(exchange -> exchange.sendResponseHeaders(403, -1));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.text()).startsWith("StartJobRun: no error code (403): ");
        assertThat(requests).hasValue(1);
    }

    @Test
    void tooManyRequestsWithoutAnyTextIsThrottling() throws IOException {
        assertThat(failureOfStart(exchange -> exchange.sendResponseHeaders(429, -1))
                        .kind())
                .isEqualTo(Kind.THROTTLED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aReplyThatNeverComesIsLost() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        CallFailure failure = failureOfStart(exchange -> {
            try {
                assertThat(never.await(20, TimeUnit.SECONDS)).isFalse();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.text()).contains("no usable reply").contains("Read timed out");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aReplyThatBreaksOffIsLost() throws IOException {
        CallFailure failure = failureOfStart(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"JobRunId\": ".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aReplyWithoutARunIdIsUnusable() throws IOException {
        CallFailure failure = failureOfStart(exchange -> exchange.sendResponseHeaders(200, -1));
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.text()).contains("a reply without the id of the run");
        assertThat(requests).hasValue(1);
    }

    @Test
    void aConnectionThatClosesWithoutAReplyIsLost() throws IOException {
        assertThat(failureOfStart(exchange -> {}).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(requests).hasValue(1);
    }
}
