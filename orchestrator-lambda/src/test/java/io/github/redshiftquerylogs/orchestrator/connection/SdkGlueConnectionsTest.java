package io.github.redshiftquerylogs.orchestrator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.OrchestratorHandler;
import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;

/** The real client against the local AWS endpoint. */
@Timeout(60)
class SdkGlueConnectionsTest extends GlueConnectionsContract {

    private LocalAwsEndpoint aws;
    private GlueClient glue;

    @BeforeEach
    void start() {
        aws = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here");
        });
        glue = OrchestratorHandler.glueClientBuilder()
                .endpointOverride(aws.uri())
                .build();
    }

    @AfterEach
    void stop() {
        glue.close();
        aws.close();
    }

    @Override
    GlueConnectionApi connections() {
        return new SdkGlueConnections(glue);
    }

    @Test
    void whatGlueGetsIsAJdbcConnectionWithEnforcedTlsAndPlaceholdersForCredentials() throws CallFailedException {
        connections().create(ORDERS);
        Connection made = glue.getConnection(request -> request.name("orders_rs_query_logs"))
                .connection();
        assertThat(made.connectionType()).isEqualTo(ConnectionType.JDBC);
        assertThat(made.description()).isEqualTo("Made by redshift-query-logs for cluster orders");
        assertThat(made.connectionProperties())
                .containsOnlyKeys(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        ConnectionPropertyKey.JDBC_ENFORCE_SSL,
                        ConnectionPropertyKey.USERNAME,
                        ConnectionPropertyKey.PASSWORD)
                .containsEntry(ConnectionPropertyKey.JDBC_ENFORCE_SSL, "true")
                .containsEntry(ConnectionPropertyKey.USERNAME, "not-used-see-parameter-store")
                .containsEntry(ConnectionPropertyKey.PASSWORD, "not-used-see-parameter-store");
        assertThat(made.physicalConnectionRequirements().subnetId()).isEqualTo("subnet-1");
        assertThat(made.physicalConnectionRequirements().availabilityZone()).isEqualTo("eu-central-1a");
        assertThat(made.physicalConnectionRequirements().securityGroupIdList()).containsExactly("sg-1");
    }
}
