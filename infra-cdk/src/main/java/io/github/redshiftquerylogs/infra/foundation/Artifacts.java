package io.github.redshiftquerylogs.infra.foundation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Files to deploy, built by the other modules.
 *
 * @param lambdaJar the Lambda with its dependencies
 * @param jobJar the Glue job with its dependencies
 * @param jobScript the script that Glue starts
 * @param ddl the folder {@code athena-ddl} with SQL files
 * @param handlers the folder of the custom resources' handlers
 */
public record Artifacts(Path lambdaJar, Path jobJar, Path jobScript, Path ddl, Path handlers) {

    /** Builds them, without the sandbox and without tests. */
    static final String BUILD = "mvn -B -Ddeploy package";

    /** The first line of the DDL of a table that is not exported, as it is rendered. */
    private static final String RECORDS = "-- Records of the job itself, not an exported table.\n";

    /**
     * The artifacts of a clone of the project.
     *
     * @param root the clone's folder
     * @throws IllegalStateException if one is missing; the message contains the command that builds it
     */
    public static Artifacts in(Path root) {
        String version = version();
        Artifacts artifacts = new Artifacts(
                root.resolve("orchestrator-lambda/target/orchestrator-lambda-" + version + "-lambda.jar"),
                root.resolve("glue-jobs/target/glue-jobs-" + version + "-job.jar"),
                root.resolve("glue-jobs/src/main/glue/ExportJob.scala"),
                root.resolve("athena-ddl"),
                root.resolve("infra-cdk/src/main/handlers"));
        List<String> missing =
                List.of(artifacts.lambdaJar, artifacts.jobJar, artifacts.jobScript, artifacts.ddl).stream()
                        .filter(file -> !Files.exists(file))
                        .map(file -> root.relativize(file).toString())
                        .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("missing: " + String.join(", ", missing)
                    + ". Run this first: " + BUILD + "  (in "
                    + root.toAbsolutePath().normalize() + ")");
        }
        return artifacts;
    }

    /** The names of the exported tables, sorted: all files of {@code tables} except those for records of the job itself. */
    public List<String> exportedTables() {
        try (Stream<Path> files = Files.list(ddl.resolve("tables"))) {
            List<String> tables = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (!Files.readString(file).startsWith(RECORDS)) {
                    String name = file.getFileName().toString();
                    tables.add(name.substring(0, name.length() - ".sql".length()));
                }
            }
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the tables in " + ddl, e);
        }
    }

    static String version() {
        Properties properties = new Properties();
        try (InputStream in = Artifacts.class.getResourceAsStream("/infra-cdk.properties")) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
