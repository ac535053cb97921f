package io.github.redshiftquerylogs.sandbox.contracts;

import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A function as Lambda's managed Java runtime starts it: the class path contains only AWS's runtime interface client, and
 * the unpacked package is in the working directory.
 */
final class LambdaProcess implements AutoCloseable {

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String HANDLER = "io.github.redshiftquerylogs.orchestrator.OrchestratorHandler";
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL");

    private final Process process;
    private final Path log;

    private LambdaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a function.
     *
     * @param packaged the folder with the unpacked package; {@code <folder>.log} gets the output
     * @param api where it asks for events
     * @param environment as a deployment sets it
     */
    static LambdaProcess start(Path packaged, LambdaRuntimeApi api, Map<String, String> environment)
            throws IOException {
        Path log = packaged.resolveSibling(packaged.getFileName() + ".log");
        Path temporary = Files.createDirectories(packaged.resolveSibling(packaged.getFileName() + ".tmp"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx448m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        Runtimes.classPath("lambda"),
                        CLIENT,
                        HANDLER)
                .directory(packaged.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "redshift-query-logs",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "512",
                        "AWS_LAMBDA_LOG_GROUP_NAME",
                        "/aws/lambda/redshift-query-logs",
                        "AWS_LAMBDA_LOG_STREAM_NAME",
                        "2026/11/19/[$LATEST]0",
                        "LAMBDA_TASK_ROOT",
                        packaged.toString(),
                        "_HANDLER",
                        HANDLER));
        builder.environment().putAll(environment);
        return new LambdaProcess(builder.start(), log);
    }

    /** Unpacks the Lambda's jar as Lambda does, without the entries that have one of these prefixes. */
    static void unpack(Path folder, List<String> without) throws IOException {
        try (JarFile jar = new JarFile(Packages.lambdaJar().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.isDirectory() && without.stream().noneMatch(entry.getName()::startsWith)) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(jar.getInputStream(entry), file);
                }
            }
        }
    }

    /** The output of the process. */
    String log() throws IOException {
        return Files.readString(log);
    }

    boolean hasEnded(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
