package io.github.redshiftquerylogs.sandbox.aws.spark;

import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Converts a job's arguments to those of spark-submit, as Glue does; pure. */
final class SparkSubmitArguments {

    private static final Pattern NEXT_CONF = Pattern.compile("\\s+--conf\\s+");

    private SparkSubmitArguments() {}

    /**
     * The arguments of {@code org.apache.spark.deploy.SparkSubmit}.
     *
     * @param jars the extra jars; the first one contains the job's class
     * @param clusterSettings settings of the cluster, which override those of the job
     * @throws IllegalStateException if the job names no class or no jar
     */
    static List<String> of(JobRunRequest request, List<Path> jars, Map<String, String> clusterSettings) {
        String mainClass = request.arguments().get("--class");
        if (mainClass == null || jars.isEmpty()) {
            throw new IllegalStateException(request.jobName() + " needs the arguments --class and --extra-jars");
        }
        List<String> line = new ArrayList<>(List.of("--master", "local[2]", "--name", request.jobName()));
        settings(request.arguments().getOrDefault("--conf", "")).forEach(setting -> line.addAll(conf(setting)));
        clusterSettings.forEach((name, value) -> line.addAll(conf(name + "=" + value)));
        if (jars.size() > 1) {
            List<String> others =
                    jars.subList(1, jars.size()).stream().map(Path::toString).toList();
            line.addAll(List.of("--jars", String.join(",", others)));
        }
        line.addAll(List.of("--class", mainClass, jars.get(0).toString()));
        jobArguments(request).forEach((name, value) -> line.addAll(List.of(name, value)));
        return line;
    }

    /** Glue accepts one {@code --conf} only, so its value chains several settings. */
    static List<String> settings(String conf) {
        return NEXT_CONF
                .splitAsStream(conf.strip())
                .filter(setting -> !setting.isEmpty())
                .toList();
    }

    private static List<String> conf(String setting) {
        return List.of("--conf", setting);
    }

    private static Map<String, String> jobArguments(JobRunRequest request) {
        Map<String, String> arguments = new LinkedHashMap<>(request.arguments());
        arguments.put("--JOB_NAME", request.jobName());
        arguments.put("--JOB_RUN_ID", request.runId());
        arguments.put("--JOB_ID", "j_" + Integer.toHexString(request.jobName().hashCode()));
        return arguments;
    }
}
