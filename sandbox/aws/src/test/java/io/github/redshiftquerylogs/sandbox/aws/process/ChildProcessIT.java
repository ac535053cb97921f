package io.github.redshiftquerylogs.sandbox.aws.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aChildSaysWhereItListens() {
        try (ChildProcess child = start("ready")) {
            assertThat(child.awaitReady(TIMEOUT)).isEqualTo(4711);
            assertThat(child.handle().isAlive()).isTrue();
        }
    }

    @Test
    void aClosedChildIsGone() {
        ChildProcess child = start("ready");
        child.awaitReady(TIMEOUT);

        child.close();

        assertThat(child.handle().isAlive()).isFalse();
        assertThat(child.exit().join()).isEqualTo(143);
    }

    @Test
    void aChildThatEndsTooEarlyIsReportedWithTheEndOfItsLog() {
        try (ChildProcess child = start("exit")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> child.awaitReady(TIMEOUT))
                    .withMessageContaining("exit ended with code 3 before it was ready")
                    .withMessageContaining("I cannot go on");
        }
    }

    @Test
    void aChildThatIsNotReadyInTimeIsReportedAndEnded() {
        try (ChildProcess child = start("grandchild", folder.resolve("pid").toString())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> child.awaitReady(Duration.ZERO))
                    .withMessageContaining("was not ready after 0 s");
            assertThat(child.handle().isAlive()).isFalse();
        }
    }

    @Test
    void aChildThatDoesNotListenIsForced() {
        ChildProcess child = start("deaf");
        child.awaitReady(TIMEOUT);

        child.close(Duration.ofMillis(500));

        assertThat(child.handle().isAlive()).isFalse();
        assertThat(child.exit().join()).isEqualTo(137);
    }

    @Test
    void whatAChildHasStartedGoesWithIt() throws IOException {
        ChildProcess child = start("grandchild", folder.resolve("pid").toString());
        child.awaitReady(TIMEOUT);
        ProcessHandle grandchild = handle(folder.resolve("pid")).orElseThrow();
        assertThat(grandchild.isAlive()).isTrue();

        child.close();

        await().atMost(TIMEOUT).until(() -> !grandchild.isAlive());
    }

    @Test
    void aChildInheritsNoCredentials() {
        JavaCommand command = TestingChild.command("exit");
        Map<String, String> environment = Map.of("AWS_REGION", "eu-central-1");

        try (ChildProcess child = ChildProcess.start("child", command, environment, folder, folder.resolve("log"))) {
            // the build sets AWS_ACCESS_KEY_ID for the tests
            assertThat(System.getenv("AWS_ACCESS_KEY_ID")).isNotNull();
            child.exit().join();
        }
        assertThat(LogFile.read(folder.resolve("log"))).contains("AWS_REGION").doesNotContain("AWS_ACCESS_KEY_ID");
    }

    @Test
    void aChildEndsWhenItsParentIsKilled() throws IOException {
        ChildProcess parent = startParentOf(TestingChild.command("ready").toCommandLine(folder));
        parent.awaitReady(TIMEOUT);
        ProcessHandle child = handle(folder.resolve("pid")).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.kill();

        await().atMost(TIMEOUT).until(() -> !child.isAlive());
    }

    @Test
    void withoutALifelineItWouldGoOn() throws IOException {
        List<String> unguarded = TestingChild.command("ready").toCommandLine(folder).stream()
                .filter(option -> !option.startsWith("-javaagent"))
                .toList();
        ChildProcess parent = startParentOf(unguarded);
        parent.awaitReady(TIMEOUT);
        ProcessHandle child = handle(folder.resolve("pid")).orElseThrow();

        parent.kill();
        parent.exit().join();

        try {
            await().during(Duration.ofSeconds(1)).atMost(TIMEOUT).until(child::isAlive);
        } finally {
            child.destroyForcibly();
        }
    }

    private ChildProcess start(String... arguments) {
        return ChildProcess.start(
                arguments[0], TestingChild.command(arguments), Map.of(), folder, folder.resolve("log"));
    }

    private ChildProcess startParentOf(List<String> commandLine) {
        List<String> arguments = new ArrayList<>(List.of("parent", folder.toString()));
        arguments.addAll(commandLine);
        return start(arguments.toArray(String[]::new));
    }

    private static Optional<ProcessHandle> handle(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid)));
    }
}
