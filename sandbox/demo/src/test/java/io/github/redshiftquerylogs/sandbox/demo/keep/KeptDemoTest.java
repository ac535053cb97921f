package io.github.redshiftquerylogs.sandbox.demo.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.redshiftquerylogs.sandbox.demo.DemoCommand;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The control port of a demo that is kept running, and its clients, with the real file and the real port. */
class KeptDemoTest {

    private static final String TRINO = "jdbc:trino://127.0.0.1:1/lake/db";

    @TempDir
    private Path outputs;

    private final StringWriter output = new StringWriter();
    private final CommandLine command = DemoCommand.commandLine((options, folder, progress) -> 0)
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output));

    private static RunReport report(String outcome, @Nullable String state, @Nullable String error) {
        return new RunReport("orders", outcome, state == null ? null : "jr_1", state, error, MissingNode.getInstance());
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(outputs.resolve(name));
    }

    @Test
    void tickShowsWhatCameOfEachClusterAndEndsAccordingly() throws IOException {
        Path folder = folder("a");
        assertTick(folder, List.of(report("started", "SUCCEEDED", null)), 0, "SUCCEEDED");
        assertTick(folder, List.of(report("not_due", null, "waits until 10:00")), 0, "· orders: waits until 10:00");
        assertTick(folder, List.of(report("started", "FAILED", "no route")), 1, "✗ orders: no route");
        assertTick(folder, List.of(report("misconfigured", null, "no user")), 1, "✗ orders: no user");
    }

    private void assertTick(Path folder, List<RunReport> reports, int exitCode, String text) {
        try (KeptDemo demo = KeptDemo.start(folder, TRINO, () -> reports)) {
            assertThat(demo).isNotNull();
            assertThat(command.execute("tick", "--output", folder.toString())).isEqualTo(exitCode);
        }
        assertThat(output.toString()).contains("Tick in the demo of " + folder, text);
    }

    @Test
    void failureOfATickIsToldInTheOtherTerminal() throws IOException {
        Path folder = folder("a");
        try (KeptDemo demo = KeptDemo.start(folder, TRINO, () -> {
            throw new IllegalStateException("the global role is missing");
        })) {
            assertThat(demo).isNotNull();
            assertThat(command.execute("tick", "--output", folder.toString())).isEqualTo(1);
        }
        assertThat(output.toString()).contains("✗ the tick failed: the global role is missing");
    }

    @Test
    void orderWithoutTheTokenIsRefused() throws Exception {
        Path folder = folder("a");
        try (KeptDemo demo = KeptDemo.start(folder, TRINO, () -> {
            throw new AssertionError("ticked");
        })) {
            assertThat(demo).isNotNull();
            RunningDemo running = RunningDemo.find(outputs, null);
            for (String authorization : List.of("Bearer ", "Bearer guessed", running.token())) {
                HttpResponse<Void> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(running.control().resolve("/tick"))
                                        .header("Authorization", authorization)
                                        .POST(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                assertThat(response.statusCode()).as(authorization).isEqualTo(403);
            }
            assertThat(Files.getPosixFilePermissions(folder.resolve("running.json")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void theOneThatWasStartedLastIsMeantUnlessAFolderSaysOtherwise() throws IOException {
        Path first = folder("first");
        Path last = folder("last");
        try (KeptDemo one = KeptDemo.start(first, TRINO, List::of)) {
            assertThat(one).isNotNull();
            try (KeptDemo two = KeptDemo.start(last, "jdbc:trino://127.0.0.1:2/lake/db", List::of)) {
                assertThat(two).isNotNull();
                assertThat(RunningDemo.find(outputs, null).since())
                        .isEqualTo(RunningDemo.find(outputs, last).since())
                        .isAfter(RunningDemo.find(outputs, first).since());
                assertThat(RunningDemo.find(outputs, null).folder()).isEqualTo(last);
                assertThat(RunningDemo.find(outputs, first).folder()).isEqualTo(first);
            }
            assertThat(RunningDemo.find(outputs, null).folder())
                    .as("the other one has ended")
                    .isEqualTo(first);
        }
        assertThatExceptionOfType(RunningDemo.NotRunningException.class)
                .isThrownBy(() -> RunningDemo.find(outputs, null))
                .withMessageContaining("start one with ./demo --keep");
    }

    @Test
    void fileThatAKilledDemoLeftBehindIsNoRunningDemo() throws IOException {
        Path folder = folder("killed");
        ProcessHandle here = ProcessHandle.current();
        Instant other = here.info().startInstant().orElseThrow().minusSeconds(60);
        Files.writeString(
                folder.resolve("running.json"),
                "{\"pid\": %d, \"started\": \"%s\", \"since\": \"%s\", \"control\": \"http://127.0.0.1:1\", \"token\": \"t\", \"trino\": \"x\"}"
                        .formatted(here.pid(), other, other));
        assertThatExceptionOfType(RunningDemo.NotRunningException.class)
                .as("a process with the id of the dead one")
                .isThrownBy(() -> RunningDemo.find(outputs, folder));
    }
}
