package io.github.redshiftquerylogs.orchestrator.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.github.redshiftquerylogs.orchestrator.job.SdkGlueJobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;

class SdkEndpointInterceptorTest {

    private static Throwable startAt(int port) {
        try (GlueClient glue = SdkGlueJobs.clientBuilder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .build()) {
            return catchThrowable(() -> glue.startJobRun(request -> request.jobName("j")));
        }
    }

    @Test
    void aServiceThatCannotBeReachedIsNamedWithItsEndpoint() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Throwable failure = startAt(port);
        assertThat(failure)
                .isInstanceOf(SdkClientException.class)
                .hasMessageStartingWith("Glue cannot be reached at http://127.0.0.1:" + port + ": ");
        assertThat(SdkCalls.neverSent((SdkClientException) failure)).isTrue();
    }

    /** The negative control: a service that answers speaks for itself. */
    @Test
    void anAnswerKeepsItsTextAndItsType() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            assertThat(startAt(server.getAddress().getPort()))
                    .isInstanceOf(AwsServiceException.class)
                    .hasMessageNotContaining("cannot be reached");
        } finally {
            server.stop(0);
        }
    }
}
