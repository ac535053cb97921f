package io.github.redshiftquerylogs.sandbox.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.aws.process.Runtimes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the job's script against the job's jar and calls {@code GlueApp.main}, as Glue does. */
@Timeout(240)
class ScalaScriptIT {

    @TempDir
    private Path folder;

    @Test
    void scriptCompilesAgainstTheJobJarAndCallsItsMainWithTheArguments() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));

        assertThat(compile(Packages.jobScript(), classes)).isEmpty();

        assertThat(classes.resolve("GlueApp.class")).exists();
        String classPath = String.join(
                File.pathSeparator, classes.toString(), Packages.jobJar().toString(), Runtimes.classPath("spark"));
        // this failure shows that the job's main class has read its arguments
        assertThat(run(classPath, "GlueApp", "--JOB_NAME", "try", "--cluster_name", "Sales"))
                .contains("InvalidSettingsException")
                .contains("--cluster_name = 'Sales': expected a lower-case letter")
                .contains("at io.github.redshiftquerylogs.export.ExportJob.main(")
                .contains("at GlueApp.main(");
    }

    /** The negative control: a script that calls a class that is not in the jar. */
    @Test
    void scriptThatCallsAnotherClassDoesNotCompile() throws Exception {
        Path script = folder.resolve("ExportJob.scala");
        Files.writeString(script, Files.readString(Packages.jobScript()).replace("ExportJob.main", "ExportTask.main"));

        assertThat(compile(script, folder)).contains("object ExportTask is not a member of package");
    }

    private String compile(Path script, Path classes) throws IOException, InterruptedException {
        return run(
                Runtimes.classPath("scala"),
                "scala.tools.nsc.Main",
                "-classpath",
                Packages.jobJar() + File.pathSeparator + Runtimes.classPath("scala"),
                "-d",
                classes.toString(),
                script.toString());
    }

    private String run(String classPath, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath,
                mainClass));
        line.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(mainClass).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
