package io.github.redshiftquerylogs.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class LocalAwsEndpointTest {

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @Test
    void anOrderedFaultHitsAsOftenAsOrderedAndHasNoEffect() {
        createJob();
        aws.endpoint.failNext("StartJobRun", new AwsError("ThrottlingException", "Rate exceeded"), 2);

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(GlueException.class)
                    .isThrownBy(this::start)
                    .satisfies(e -> {
                        assertThat(e.isThrottlingException()).isTrue();
                        assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
                    });
        }
        assertThat(aws.glue.getJobRuns(get -> get.jobName("a")).jobRuns()).isEmpty();

        assertThat(start()).startsWith("jr_");
        assertThat(aws.endpoint.callCount("StartJobRun")).isEqualTo(3);
        assertThat(aws.endpoint.callCount("CreateJob")).isEqualTo(1);
        assertThat(aws.endpoint.callCount("GetJob")).isZero();
    }

    @Test
    void afterALostReplyTheRunIsThere() {
        createJob();
        aws.endpoint.dropReplyAfter("StartJobRun");

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::start);

        assertThat(aws.glue.getJobRuns(get -> get.jobName("a")).jobRuns()).hasSize(1);
        assertThat(aws.endpoint.callCount("StartJobRun"))
                .as("neither the SDK nor Java's HTTP client has called again")
                .isEqualTo(1);
        assertThatExceptionOfType(ConcurrentRunsExceededException.class).isThrownBy(this::start);
    }

    @Test
    void faultsAreOrderedForKnownOperationsOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> aws.endpoint.dropReplyAfter("StartJobRuns"));
    }

    @Test
    void anErrorOfTheServiceIsOneForTheClient() {
        createJob();
        aws.endpoint.failNext("StartJobRun", new AwsError("InternalServiceException", "sorry", 500), 1);

        assertThatExceptionOfType(GlueException.class)
                .isThrownBy(this::start)
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
    }

    @Test
    void anOperationThatIsNotThereIsNamed() {
        assertThatExceptionOfType(GlueException.class)
                .isThrownBy(() -> aws.glue.listTriggers(list -> {}))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"))
                .withMessageContaining("ListTriggers");
    }

    @Test
    void whatIsNotJsonIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint.uri())
                .header("X-Amz-Target", "AWSGlue.GetJob")
                .POST(HttpRequest.BodyPublishers.ofString("<xml/>"))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"__type\":\"SerializationException\"");
    }

    @Test
    void callsDoNotWaitForDelayedAcknowledgements() {
        aws.ssm.putParameter(put -> put.name("a").value("1").type(ParameterType.STRING));
        aws.ssm.getParameter(get -> get.name("a"));

        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            aws.ssm.getParameter(get -> get.name("a"));
        }

        assertThat((System.nanoTime() - start) / 1_000_000)
                .as("milliseconds for 50 calls; with Nagle's algorithm 40 each")
                .isLessThan(1500);
    }

    @Test
    void oneAddressListensAndNotAll() throws Exception {
        int port = aws.endpoint.uri().getPort();
        // on Linux all of 127.0.0.0/8 is this machine, so a server on all interfaces would answer here as well
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket(other, port).close());
    }

    private void createJob() {
        aws.glue.createJob(create -> create.name("a")
                .role("GlueRole")
                .command(command -> command.name("glueetl"))
                .defaultArguments(Map.of()));
    }

    private String start() {
        return aws.glue.startJobRun(start -> start.jobName("a")).jobRunId();
    }
}
