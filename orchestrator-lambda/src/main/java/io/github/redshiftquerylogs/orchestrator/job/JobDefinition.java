package io.github.redshiftquerylogs.orchestrator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.contract.JobArguments;
import io.github.redshiftquerylogs.contract.ResourceNames;
import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.orchestrator.environment.Environment;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ClusterSettings;
import io.github.redshiftquerylogs.settings.GlobalSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Definition of the Glue job of a cluster; pure. Settings that are not parameters are fixed here, the same for all jobs of
 * a release.
 *
 * @param name {@link ResourceNames#job}
 * @param role name or ARN of the role that the job runs as
 * @param script S3 URI of the script that Glue starts
 * @param connections the cluster's Glue connection, which puts the job into its VPC; empty for the Data API
 * @param securityConfiguration Glue security configuration; empty: none
 * @param defaultArguments arguments of every run, {@code --name} to value
 * @param tags tags of the job
 */
public record JobDefinition(
        String name,
        String role,
        String command,
        String script,
        String glueVersion,
        String workerType,
        int workers,
        int timeoutMinutes,
        int maxRetries,
        int maxConcurrentRuns,
        List<String> connections,
        String securityConfiguration,
        SortedMap<String, String> defaultArguments,
        SortedMap<String, String> tags) {

    /** The main class of the job's jar, the module {@code glue-jobs}. */
    static final String MAIN_CLASS = "io.github.redshiftquerylogs.export.ExportJob";

    /** Name of the setting for the role, which Glue accepts as name or ARN. */
    static final String ROLE = "role";

    private static final ObjectWriter CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build()
            .writer();

    /** The definition for a cluster. */
    public static JobDefinition of(ClusterSettings cluster, GlobalSettings global, Environment environment) {
        return new JobDefinition(
                ResourceNames.job(cluster.name()),
                global.role(),
                // Glue's command for Spark jobs, also in Scala and Java
                "glueetl",
                environment.jobScript(),
                // Spark 3.5.6, Java 17, Iceberg 1.10.0
                "5.1",
                environment.jobs().workerType(),
                environment.jobs().workers(),
                30,
                // the next tick starts the next run; a retry by Glue would not ask whether the cluster is still enabled
                0,
                1,
                connections(cluster),
                environment.jobs().securityConfiguration(),
                arguments(cluster.name(), global, environment),
                tags(cluster.name()));
    }

    /** SHA-256 of all components, in hexadecimal digits. */
    public String hash() {
        try {
            byte[] canonical = CANONICAL.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, and texts and numbers are always JSON", e);
        }
    }

    /**
     * All settings that an update changes, by name; arguments by their own names. Compared with those of the job in Glue.
     * Without tags, which are set only at creation.
     */
    SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>(defaultArguments);
        settings.put(ROLE, role);
        settings.put("command", command);
        settings.put("script", script);
        settings.put("glueVersion", glueVersion);
        settings.put("workerType", workerType);
        settings.put("workers", Integer.toString(workers));
        settings.put("timeoutMinutes", Integer.toString(timeoutMinutes));
        settings.put("maxRetries", Integer.toString(maxRetries));
        settings.put("maxConcurrentRuns", Integer.toString(maxConcurrentRuns));
        settings.put("connections", String.join(",", connections));
        if (!securityConfiguration.isEmpty()) {
            settings.put("securityConfiguration", securityConfiguration);
        }
        return settings;
    }

    private static List<String> connections(ClusterSettings cluster) {
        ClusterConnection connection = cluster.connection();
        if (connection instanceof ClusterConnection.Lookup) {
            // the connection that will be created for it
            return List.of(ResourceNames.connection(cluster.name()));
        }
        return connection instanceof ClusterConnection.Glue glue ? List.of(glue.name()) : List.of();
    }

    private static SortedMap<String, String> arguments(
            ClusterName cluster, GlobalSettings global, Environment environment) {
        SortedMap<String, String> arguments =
                new TreeMap<>(JobArguments.of(cluster, environment.database(), environment.stateTable())
                        .toArguments());
        arguments.put("--job-language", "scala");
        arguments.put("--class", MAIN_CLASS);
        arguments.put("--extra-jars", environment.jobJar());
        arguments.put("--datalake-formats", "iceberg");
        arguments.put("--TempDir", global.tempdir() + "/");
        arguments.put("--enable-continuous-cloudwatch-log", "true");
        if (!environment.jobs().logGroupPrefix().isEmpty()) {
            arguments.put("--custom-logGroup-prefix", environment.jobs().logGroupPrefix());
        }
        arguments.put("--conf", SparkSettings.toArgument(SparkSettings.of(global.s3Prefix())));
        return Collections.unmodifiableSortedMap(arguments);
    }

    private static SortedMap<String, String> tags(ClusterName cluster) {
        return Collections.unmodifiableSortedMap(
                new TreeMap<>(Map.of("project", "redshift-query-logs", "cluster_name", cluster.value())));
    }
}
