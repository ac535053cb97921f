package io.github.redshiftquerylogs.sandbox.contracts;

import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code spark-submit} on this machine, which uses only Spark's class path of the sandbox. */
final class SparkSubmit {

    /** Settings for a machine without a network name and without the host names of S3. */
    private static final Map<String, String> HERE = Map.of(
            "spark.master", "local[2]",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.driver.host", "127.0.0.1",
            "spark.ui.enabled", "false",
            "spark.sql.catalog.glue_catalog.s3.path-style-access", "true");

    private final Path folder;
    private final Map<String, String> environment;

    /** @param environment as the SDKs read it */
    SparkSubmit(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Runs a command line such as {@code spark-submit --properties-file spark.properties …}.
     *
     * @param settings the content of {@code spark.properties}
     * @return its output, followed by a line with its exit code
     */
    String run(String commandLine, Map<String, String> settings) throws IOException, InterruptedException {
        Path properties = folder.resolve("spark.properties");
        Files.writeString(properties, lines(settings) + lines(HERE));
        List<String> words = Arrays.stream(
                        commandLine.replace("\\\n", " ").strip().split("\\s+"))
                .map(word -> switch (word) {
                    case "spark.properties" -> properties.toString();
                    case "glue-jobs-job.jar" -> Packages.jobJar().toString();
                    default -> word;
                })
                .toList();
        if (!words.get(0).equals("spark-submit")) {
            throw new IllegalArgumentException("'" + commandLine + "' does not start with spark-submit");
        }
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        line.add("-Djava.io.tmpdir=" + folder);
        line.addAll(List.of(Objects.requireNonNull(System.getProperty("spark.add.opens"), "set by the build")
                .split(" ")));
        line.addAll(List.of("-cp", Runtimes.classPath("spark"), "org.apache.spark.deploy.SparkSubmit"));
        line.addAll(words.subList(1, words.size()));
        Path output = folder.resolve("spark-submit.log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                throw new IllegalStateException("spark-submit has not ended: " + Files.readString(output));
            }
            return Files.readString(output) + "\n" + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
