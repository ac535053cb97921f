package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.SdkCalls;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;

/** {@link GlueConnectionApi} by the SDK. */
public final class SdkGlueConnections implements GlueConnectionApi {

    private final GlueClient glue;

    /** @param glue a client without retries */
    public SdkGlueConnections(GlueClient glue) {
        this.glue = glue;
    }

    @Override
    public void create(ConnectionDefinition definition) throws CallFailedException {
        SdkCalls.make(
                Operation.CREATE_CONNECTION,
                () -> glue.createConnection(request -> request.connectionInput(input(definition))));
    }

    @Override
    public void update(ConnectionDefinition definition) throws CallFailedException {
        SdkCalls.make(
                Operation.UPDATE_CONNECTION,
                () -> glue.updateConnection(
                        request -> request.name(definition.name()).connectionInput(input(definition))));
    }

    @Override
    public Map<String, String> settings(String name) throws CallFailedException {
        return SdkCalls.make(
                Operation.GET_CONNECTION,
                () -> Optional.ofNullable(
                                glue.getConnection(request -> request.name(name).hidePassword(true))
                                        .connection())
                        .map(SdkGlueConnections::settings)
                        .orElseThrow(() -> SdkClientException.create("a reply without the connection")));
    }

    private static ConnectionInput input(ConnectionDefinition definition) {
        return ConnectionInput.builder()
                .name(definition.name())
                .description(definition.description())
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        definition.url(),
                        ConnectionPropertyKey.JDBC_ENFORCE_SSL,
                        "true",
                        ConnectionPropertyKey.USERNAME,
                        ConnectionDefinition.PLACEHOLDER,
                        ConnectionPropertyKey.PASSWORD,
                        ConnectionDefinition.PLACEHOLDER))
                .physicalConnectionRequirements(network -> network.subnetId(definition.subnet())
                        .availabilityZone(definition.availabilityZone())
                        .securityGroupIdList(definition.securityGroups()))
                .build();
    }

    private static Map<String, String> settings(Connection connection) {
        Map<String, String> settings = new TreeMap<>();
        put(settings, ConnectionDefinition.DESCRIPTION, connection.description());
        put(
                settings,
                ConnectionDefinition.URL,
                connection.connectionProperties().get(ConnectionPropertyKey.JDBC_CONNECTION_URL));
        put(
                settings,
                ConnectionDefinition.ENFORCE_SSL,
                connection.connectionProperties().get(ConnectionPropertyKey.JDBC_ENFORCE_SSL));
        Optional.ofNullable(connection.physicalConnectionRequirements()).ifPresent(network -> {
            put(settings, "subnet", network.subnetId());
            put(settings, "availabilityZone", network.availabilityZone());
            put(
                    settings,
                    "securityGroups",
                    String.join(
                            ",", network.securityGroupIdList().stream().sorted().toList()));
        });
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
