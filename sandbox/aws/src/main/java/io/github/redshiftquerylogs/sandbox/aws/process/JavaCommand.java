package io.github.redshiftquerylogs.sandbox.aws.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts a Java child process, with the same Java as this process.
 *
 * @param jvmOptions additional options, such as the size of the heap
 * @param classPath the class path
 * @param mainClass the main class
 * @param arguments the arguments of the main class
 */
public record JavaCommand(List<String> jvmOptions, String classPath, String mainClass, List<String> arguments) {

    /**
     * The command line of a child that ends with this process.
     *
     * @param temporaryFolder of the child
     */
    List<String> toCommandLine(Path temporaryFolder) {
        return line(temporaryFolder, "-javaagent:" + Runtimes.lifeline());
    }

    /**
     * The command line of a process that records its classes in an archive when it ends. It is not tied to this process:
     * a JVM with an agent records nothing.
     */
    List<String> toRecordingLine(Path temporaryFolder, Path archive) {
        return line(temporaryFolder, "-XX:ArchiveClassesAtExit=" + archive);
    }

    private List<String> line(Path temporaryFolder, String option) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add(option);
        line.add("-Djava.io.tmpdir=" + temporaryFolder);
        // its file would be left behind in the system's temporary folder when the process is killed
        line.add("-XX:-UsePerfData");
        // these processes live for seconds on few cores: C1 alone takes half the CPU time of C1 and C2
        line.add("-XX:TieredStopAtLevel=1");
        // without the second compiler the default is 48 MB, which Spark and Trino fill
        line.add("-XX:ReservedCodeCacheSize=240m");
        line.add("-XX:+UseSerialGC");
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(classPath);
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
