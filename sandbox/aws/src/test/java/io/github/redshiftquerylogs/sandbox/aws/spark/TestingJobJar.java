package io.github.redshiftquerylogs.sandbox.aws.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A Spark job that is compiled and packed while the tests run: this module has no Spark on its class path. */
final class TestingJobJar {

    static final String MAIN_CLASS = "TestingJob";

    private static final String SOURCE = """
            import java.util.List;
            import java.util.TimeZone;
            import org.apache.spark.sql.SparkSession;

            public class TestingJob {
                public static void main(String[] arguments) throws Exception {
                    List<String> line = List.of(arguments);
                    System.out.println("arguments: " + line);
                    System.out.println("environment: " + System.getenv().keySet() + " " + System.getenv("TZ"));
                    switch (line.get(line.indexOf("--mode") + 1)) {
                        case "fail":
                            throw new IllegalStateException("the job's own reason", new RuntimeException("deeper"));
                        case "hang":
                            Thread.sleep(600_000);
                            return;
                        default:
                            export();
                    }
                }

                private static void export() {
                    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
                        spark.sql("create database if not exists glue_catalog.logs");
                        spark.sql("create table glue_catalog.logs.stl_query (cluster_name string, log_time timestamp_ntz,"
                                + " query int) using iceberg partitioned by (cluster_name, days(log_time))"
                                + " tblproperties ('write.metadata.compression-codec' = 'gzip')");
                        spark.sql("insert into glue_catalog.logs.stl_query values"
                                + " ('a', timestamp_ntz'2026-11-20 23:59:59.999999', 1),"
                                + " ('b', timestamp_ntz'2026-11-21 00:00:00.000001', 2)");
                        spark.sql("insert into glue_catalog.logs.stl_query values"
                                + " ('a', timestamp_ntz'2026-11-21 00:00:00', 3)");
                    }
                }
            }
            """;

    private TestingJobJar() {}

    static Path build(Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve(MAIN_CLASS + ".java"), SOURCE);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        null,
                        "-proc:none",
                        "-cp",
                        Runtimes.classPath("spark"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(result).as("compilation of the job").isZero();
        Path jar = folder.resolve("job.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path file : List.copyOf(files.toList())) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
