package io.github.redshiftquerylogs.sandbox.aws.spark;

import io.github.redshiftquerylogs.sandbox.aws.process.ClassArchive;
import io.github.redshiftquerylogs.sandbox.aws.process.JavaCommand;
import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JVM of a job run: its main class, its options, and the archive of Spark's classes. */
final class SparkJvm {

    /** The module of {@code sandbox/runtimes} with the class path. */
    static final String RUNTIME = "spark";

    static final String MAIN_CLASS = "org.apache.spark.deploy.SparkSubmit";

    private static final String WARM_UP = "io.github.redshiftquerylogs.sandbox.spark.SparkWarmUp";

    /** Spark's own list for Java 17, {@code org.apache.spark.launcher.JavaModuleOptions}. */
    private static final List<String> OPENED_PACKAGES = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private SparkJvm() {}

    static List<String> options() {
        return Stream.concat(
                        Stream.of("-Xmx1g"),
                        OPENED_PACKAGES.stream().map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
                .toList();
    }

    /** The archive of the classes that every run loads; a run with it takes 4 s of CPU time instead of 7 to start. */
    static Optional<Path> archive(String classPath) {
        return new ClassArchive(Runtimes.target(RUNTIME), classPath).get(folder -> warmUp(classPath, folder));
    }

    private static JavaCommand warmUp(String classPath, Path folder) {
        return new JavaCommand(
                options(),
                classPath,
                MAIN_CLASS,
                List.of(
                        "--master",
                        "local[2]",
                        "--conf",
                        "spark.driver.bindAddress=127.0.0.1",
                        "--conf",
                        "spark.driver.host=127.0.0.1",
                        "--conf",
                        "spark.ui.enabled=false",
                        "--conf",
                        "spark.local.dir=" + folder,
                        "--class",
                        WARM_UP,
                        "spark-internal",
                        folder.resolve("lake").toString()));
    }
}
