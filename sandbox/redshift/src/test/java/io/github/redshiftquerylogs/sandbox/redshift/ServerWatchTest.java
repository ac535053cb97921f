package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Neither server nor data remain. */
class ServerWatchTest {

    @Test
    void serverAndItsDataGoWithAnOwnerThatIsKilled() throws IOException, InterruptedException {
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = owner.inputReader()) {
            Path folder = Path.of(output.lines()
                    .filter(line -> line.startsWith("folder "))
                    .findFirst()
                    .orElseThrow()
                    .substring(7));
            long server = Long.parseLong(
                    Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
            assertThat(isRunning(server)).isTrue();

            owner.destroyForcibly().waitFor();

            await().atMost(Duration.ofSeconds(20)).until(() -> !isRunning(server) && !Files.exists(folder));
        } finally {
            owner.destroyForcibly();
        }
    }

    /** As when the server does not stop in time, or when something else deletes its folder first. */
    @Test
    void serverThatPgCtlDoesNotStopIsEndedWithItsFolder() throws Exception {
        PostgresServer server = PostgresServer.start("stuck");
        Path pidFile = server.folder().resolve("postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        Files.delete(pidFile);
        assertThat(isRunning(postmaster)).isTrue();

        server.close();

        assertThat(isRunning(postmaster)).isFalse();
        assertThat(server.folder()).doesNotExist();
    }

    /** A server that ended without a waiting parent may remain as a zombie. */
    private static boolean isRunning(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        return Files.exists(stat)
                && !Files.readString(stat).replaceAll(".*\\) ", "").startsWith("Z");
    }

    /** The process that is killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String... arguments) throws InterruptedException {
            EmbeddedRedshift redshift = EmbeddedRedshift.start("killed", "exporter", "secret");
            System.out.println("folder " + redshift.folder());
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }
}
