package io.github.redshiftquerylogs.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Reads settings and credentials from Parameter Store. */
public final class SettingsReader {

    private static final List<String> GLOBAL_NAMES = List.of(
            ParameterNames.ENABLED_CLUSTER_LIST,
            ParameterNames.S3_PREFIX,
            ParameterNames.TEMPDIR,
            ParameterNames.ROLE,
            ParameterNames.INTERVAL_MINUTES,
            ParameterNames.STATEMENTS,
            ParameterNames.EXPORTS,
            ParameterNames.EXPORTS_PREFIX);

    private final ParameterReader parameters;

    /** @param ssm the caller closes it */
    public SettingsReader(SsmClient ssm) {
        this.parameters = new ParameterReader(ssm);
    }

    /**
     * Reads the settings of all enabled clusters, without decryption. A cluster with invalid settings does not affect the
     * others.
     *
     * @throws InvalidSettingsException if the global settings are invalid; its message also lists the problems of all
     *     clusters
     */
    public Settings readAll() {
        Map<String, String> globalValues = parameters.read(GLOBAL_NAMES);
        SettingsParser parser = new SettingsParser(globalValues);
        GlobalSettings global = global(parser);
        @Nullable String list = globalValues.get(ParameterNames.ENABLED_CLUSTER_LIST);
        EnabledClusters enabled = EnabledClusters.parse(list == null ? "" : list);
        // no list is a deployment without clusters; an empty one looks like a mistake
        if (list != null && enabled.legal().isEmpty() && enabled.refused().isEmpty()) {
            parser.problems()
                    .add(new Problem(
                            ParameterNames.ENABLED_CLUSTER_LIST, list, "a StringList with at least one cluster name"));
        }
        Map<String, Parameter> stored = parameters.readParameters(enabled.legal().stream()
                .flatMap(cluster -> namesOf(cluster).stream())
                .toList());
        Map<String, String> values = ParameterReader.values(stored);
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
            // the message lists the problems of the clusters as well, so that all can be corrected at once
            misconfigured.values().forEach(parser.problems()::addAll);
            throw new InvalidSettingsException(parser.problems());
        }
        return new Settings(global, List.copyOf(usable), misconfigured, warnings(enabled.legal(), stored));
    }

    /**
     * Reads the global settings.
     *
     * @throws InvalidSettingsException if they are invalid
     */
    public GlobalSettings readGlobal() {
        SettingsParser parser = new SettingsParser(parameters.read(GLOBAL_NAMES));
        GlobalSettings global = global(parser);
        failOn(parser.problems());
        return global;
    }

    /**
     * Reads the settings of a cluster, without decryption.
     *
     * @throws InvalidSettingsException if they are invalid
     */
    public ClusterSettings readCluster(ClusterName name, GlobalSettings global) {
        SettingsParser parser = new SettingsParser(parameters.read(namesOf(name)));
        ClusterSettings settings = cluster(name, global, parser);
        failOn(parser.problems());
        return settings;
    }

    /**
     * Reads and decrypts the credentials of a cluster with {@link Authentication.Password}.
     *
     * @throws InvalidSettingsException if one of them is missing
     */
    public DatabaseCredentials readCredentials(ClusterName cluster) {
        String user = ParameterNames.user(cluster);
        String password = ParameterNames.password(cluster);
        Map<String, String> values = parameters.readDecrypted(List.of(user, password));
        SettingsParser parser = new SettingsParser(values);
        String name = parser.user(user);
        String secret = parser.password(password);
        failOn(parser.problems());
        return new DatabaseCredentials(name, secret);
    }

    private static List<String> namesOf(ClusterName name) {
        return List.of(
                ParameterNames.connection(name),
                ParameterNames.user(name),
                ParameterNames.password(name),
                ParameterNames.secret(name),
                ParameterNames.unloadRole(name),
                ParameterNames.intervalMinutes(name),
                ParameterNames.statements(name),
                ParameterNames.exports(name),
                ParameterNames.acceptSource(name));
    }

    private static GlobalSettings global(SettingsParser parser) {
        String lake = parser.s3Location(ParameterNames.S3_PREFIX);
        String staging = parser.s3Location(ParameterNames.TEMPDIR);
        parser.apart(ParameterNames.TEMPDIR, staging, lake);
        return new GlobalSettings(
                lake,
                staging,
                parser.role(ParameterNames.ROLE),
                parser.interval(ParameterNames.INTERVAL_MINUTES, GlobalSettings.DEFAULT_INTERVAL),
                parser.statements(ParameterNames.STATEMENTS, GlobalSettings.DEFAULT_STATEMENTS),
                parser.exports(ParameterNames.EXPORTS),
                parser.exportsPrefix(ParameterNames.EXPORTS_PREFIX, lake, staging));
    }

    private static ClusterSettings cluster(ClusterName name, GlobalSettings global, SettingsParser parser) {
        ClusterConnection connection = parser.connection(ParameterNames.connection(name));
        return new ClusterSettings(
                name,
                connection,
                parser.authentication(connection, name),
                parser.unloadRole(ParameterNames.unloadRole(name)),
                parser.interval(ParameterNames.intervalMinutes(name), global.interval()),
                parser.statements(ParameterNames.statements(name), global.statements()),
                Stream.concat(global.exports().stream(), parser.exports(ParameterNames.exports(name)).stream())
                        .toList(),
                parser.acceptSource(ParameterNames.acceptSource(name)));
    }

    /** A password that is stored in clear works, so it is no problem of the settings. */
    private static SortedMap<String, String> warnings(Collection<ClusterName> clusters, Map<String, Parameter> stored) {
        SortedMap<String, String> warnings = new TreeMap<>();
        for (ClusterName cluster : clusters) {
            String name = ParameterNames.password(cluster);
            @Nullable Parameter password = stored.get(name);
            if (password != null
                    && (password.type() == ParameterType.STRING || password.type() == ParameterType.STRING_LIST)) {
                warnings.put(
                        cluster.value(),
                        "WARNING: " + name + " is stored in clear, as a " + password.typeAsString()
                                + ": expected a SecureString; store a new password and change it in the cluster");
            }
        }
        return warnings;
    }

    private static void failOn(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
