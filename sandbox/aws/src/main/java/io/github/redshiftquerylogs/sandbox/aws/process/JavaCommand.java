package io.github.redshiftquerylogs.sandbox.aws.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child is started: with the Java that runs this process, tied to its life, and with its temporary files in a
 * folder that is ours.
 *
 * @param jvmOptions options of its own, such as the heap's size
 * @param classPath its class path
 * @param mainClass its main class
 * @param arguments the arguments of the main class
 */
public record JavaCommand(List<String> jvmOptions, String classPath, String mainClass, List<String> arguments) {

    List<String> toCommandLine(Path temporaryFolder) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-javaagent:" + Runtimes.lifeline());
        line.add("-Djava.io.tmpdir=" + temporaryFolder);
        // its file would be left behind in the system's temporary folder when the process is killed
        line.add("-XX:-UsePerfData");
        // these processes live for seconds on few cores: starting a Spark job takes 6 s instead of 13 this way
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
