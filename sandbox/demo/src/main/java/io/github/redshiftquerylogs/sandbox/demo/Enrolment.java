package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.cluster.ClusterName;
import io.github.redshiftquerylogs.cluster.ParameterNames;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** How clusters become known to the system: by parameters alone, as a user adds them. */
final class Enrolment {

    private final LocalAws aws;
    private final List<ClusterName> enabled = new ArrayList<>();

    Enrolment(LocalAws aws) {
        this.aws = aws;
    }

    /** Makes what a cluster needs before it is enabled: its connection, as a network team would, and its parameters. */
    void prepare(SandboxCluster cluster) {
        ClusterName name = cluster.name();
        String connection = name + "-connection";
        aws.glue()
                .createConnection(request -> request.connectionInput(input -> input.name(connection)
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL,
                                cluster.redshift().jdbcUrl()))));
        put(ParameterNames.connection(name), ParameterType.STRING, connection);
        put(ParameterNames.user(name), ParameterType.STRING, SandboxCluster.USER);
        put(ParameterNames.password(name), ParameterType.SECURE_STRING, cluster.password());
    }

    /** Adds a cluster to the list of enabled ones. */
    void enable(ClusterName cluster) {
        enabled.add(cluster);
        put(
                ParameterNames.ENABLED_CLUSTER_LIST,
                ParameterType.STRING_LIST,
                enabled.stream().map(ClusterName::value).collect(Collectors.joining(",")));
    }

    /** The clusters that were enabled here; a user may have changed the list since. */
    List<ClusterName> enabled() {
        return List.copyOf(enabled);
    }

    private void put(String name, ParameterType type, String value) {
        aws.ssm()
                .putParameter(
                        request -> request.name(name).type(type).value(value).overwrite(true));
    }
}
