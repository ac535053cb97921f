package io.github.redshiftquerylogs.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Reads settings and credentials from Parameter Store. One misconfigured cluster does not hide another one. */
public final class SettingsReader {

    private static final List<String> GLOBAL_NAMES = List.of(
            ParameterNames.ENABLED_CLUSTER_LIST,
            ParameterNames.S3_PREFIX,
            ParameterNames.TEMPDIR,
            ParameterNames.ROLE,
            ParameterNames.INTERVAL_MINUTES);

    private final ParameterReader parameters;

    /** @param ssm where parameters are read; stays open */
    public SettingsReader(SsmClient ssm) {
        this.parameters = new ParameterReader(ssm);
    }

    /**
     * Reads the settings of all enabled clusters, without decrypting anything.
     *
     * @throws InvalidSettingsException if the global settings cannot be used: then no cluster can be started; with the
     *     problems of all clusters as well
     */
    public Settings readAll() {
        Map<String, String> globalValues = parameters.read(GLOBAL_NAMES);
        SettingsParser parser = new SettingsParser(globalValues);
        GlobalSettings global = global(parser);
        String list = globalValues.getOrDefault(ParameterNames.ENABLED_CLUSTER_LIST, "");
        EnabledClusters enabled = EnabledClusters.parse(list);
        if (enabled.legal().isEmpty() && enabled.refused().isEmpty()) {
            String value = globalValues.containsKey(ParameterNames.ENABLED_CLUSTER_LIST) ? list : Problem.MISSING;
            parser.problems()
                    .add(new Problem(
                            ParameterNames.ENABLED_CLUSTER_LIST, value, "a StringList with at least one cluster name"));
        }
        Map<String, String> values = parameters.read(enabled.legal().stream()
                .flatMap(cluster -> namesOf(cluster).stream())
                .toList());
        List<ClusterSettings> usable = new ArrayList<>();
        SortedMap<String, List<Problem>> misconfigured = new TreeMap<>(enabled.refused());
        for (ClusterName name : enabled.legal()) {
            SettingsParser clusterParser = new SettingsParser(values);
            ClusterSettings settings = cluster(name, global, clusterParser);
            if (clusterParser.problems().isEmpty()) {
                usable.add(settings);
            } else {
                misconfigured.put(name.value(), List.copyOf(clusterParser.problems()));
            }
        }
        if (!parser.problems().isEmpty()) {
            // nothing can start, but whoever mends it shall see the rest at once as well
            misconfigured.values().forEach(parser.problems()::addAll);
            throw new InvalidSettingsException(parser.problems());
        }
        return new Settings(global, List.copyOf(usable), misconfigured);
    }

    /**
     * Reads what the job of one cluster needs to know of the deployment.
     *
     * @throws InvalidSettingsException if the global settings cannot be used
     */
    public GlobalSettings readGlobal() {
        SettingsParser parser = new SettingsParser(parameters.read(GLOBAL_NAMES));
        GlobalSettings global = global(parser);
        failOn(parser.problems());
        return global;
    }

    /**
     * Reads the settings of one cluster, without its secrets.
     *
     * @throws InvalidSettingsException if they cannot be used
     */
    public ClusterSettings readCluster(ClusterName name, GlobalSettings global) {
        SettingsParser parser = new SettingsParser(parameters.read(namesOf(name)));
        ClusterSettings settings = cluster(name, global, parser);
        failOn(parser.problems());
        return settings;
    }

    /**
     * Reads the credentials of a cluster that has them in parameters ({@link Authentication.Password}), decrypted.
     *
     * @throws InvalidSettingsException if one of them is missing
     */
    public DatabaseCredentials readCredentials(ClusterName cluster) {
        String user = ParameterNames.user(cluster);
        String password = ParameterNames.password(cluster);
        Map<String, String> values = parameters.readDecrypted(List.of(user, password));
        SettingsParser parser = new SettingsParser(values);
        String name = parser.user(user);
        parser.password(password);
        failOn(parser.problems());
        return new DatabaseCredentials(name, values.getOrDefault(password, ""));
    }

    private static List<String> namesOf(ClusterName name) {
        return List.of(
                ParameterNames.connection(name),
                ParameterNames.user(name),
                ParameterNames.password(name),
                ParameterNames.secret(name),
                ParameterNames.unloadRole(name),
                ParameterNames.intervalMinutes(name));
    }

    private static GlobalSettings global(SettingsParser parser) {
        return new GlobalSettings(
                parser.s3Location(ParameterNames.S3_PREFIX),
                parser.s3Location(ParameterNames.TEMPDIR),
                parser.role(ParameterNames.ROLE),
                parser.interval(ParameterNames.INTERVAL_MINUTES, GlobalSettings.DEFAULT_INTERVAL));
    }

    private static ClusterSettings cluster(ClusterName name, GlobalSettings global, SettingsParser parser) {
        ClusterConnection connection = parser.connection(ParameterNames.connection(name));
        return new ClusterSettings(
                name,
                connection,
                parser.authentication(connection, name),
                parser.unloadRole(ParameterNames.unloadRole(name)),
                parser.interval(ParameterNames.intervalMinutes(name), global.interval()));
    }

    private static void failOn(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
