package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.demo.check.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit code of a process for each result of the comparison. */
class ExitCodeTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"--check, well, 0", "--check, lost, 1", "--check, nothing, 1", "--check, broken, 1", "--chekc, well, 2"
    })
    void processEndsAsTheCheckReportSays(String option, String found, int exitCode) throws Exception {
        assertThat(run(option, found)).isEqualTo(exitCode);
    }

    @Test
    void failureIsToldWithItsCause() throws Exception {
        assertThat(run("--check", "broken")).isEqualTo(1);
        assertThat(folder.resolve("broken.out"))
                .content()
                .contains("demo failed: the lake cannot be read: connection refused");
    }

    private int run(String option, String found) throws IOException, InterruptedException {
        Path output = folder.resolve(found + ".out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dfound=" + found,
                        "-Dlog4j2.configurationFile=log4j2-demo.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        option,
                        "--output",
                        folder.resolve(found).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(Files.readString(output))
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** {@code DemoCommand} with a demonstration that only checks. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            System.exit(DemoCommand.commandLine((options, folder, progress) -> Performance.exitCode(
                            Performance.showCheck(true, report(System.getProperty("found", "")), progress)))
                    .execute(arguments));
        }

        private static CheckReport report(String found) {
            return switch (found) {
                case "well" ->
                    new CheckReport(List.of(new CheckReport.TableCheck("c", "stl_query", 5, List.of())), List.of());
                case "lost" ->
                    new CheckReport(
                            List.of(
                                    new CheckReport.TableCheck("c", "stl_query", 5, List.of()),
                                    new CheckReport.TableCheck(
                                            "c", "stl_scan", 4, List.of("1 row is not in the lake"))),
                            List.of());
                case "nothing" -> new CheckReport(List.of(), List.of());
                default ->
                    throw new IllegalStateException("the lake cannot be read", new IOException("connection refused"));
            };
        }
    }
}
