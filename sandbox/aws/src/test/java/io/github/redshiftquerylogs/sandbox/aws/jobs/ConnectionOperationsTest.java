package io.github.redshiftquerylogs.sandbox.aws.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

class ConnectionOperationsTest {

    private static final String URL = "jdbc:redshift://127.0.0.1:5439/dev";

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @Test
    void aConnectionIsReadAsItWasCreated() {
        create("a");

        Connection connection = aws.glue.getConnection(get -> get.name("a")).connection();

        assertThat(connection.connectionType()).isEqualTo(ConnectionType.JDBC);
        assertThat(connection.connectionProperties())
                .containsEntry(ConnectionPropertyKey.JDBC_CONNECTION_URL, URL)
                .containsEntry(ConnectionPropertyKey.PASSWORD, "Tr0ub4dor");
        assertThat(connection.physicalConnectionRequirements().subnetId()).isEqualTo("subnet-1");
        assertThat(connection.creationTime()).isNotNull();
    }

    @Test
    void thePasswordIsHiddenFromWhoAsksForThat() {
        create("a");

        assertThat(aws.glue
                        .getConnection(get -> get.name("a").hidePassword(true))
                        .connection()
                        .connectionProperties())
                .containsOnlyKeys(ConnectionPropertyKey.JDBC_CONNECTION_URL, ConnectionPropertyKey.USERNAME);
        assertThat(aws.glue.getConnections(get -> get.hidePassword(true)).connectionList())
                .singleElement()
                .satisfies(connection -> assertThat(connection.connectionProperties())
                        .doesNotContainKey(ConnectionPropertyKey.PASSWORD));
    }

    @Test
    void aNameIsTakenOnce() {
        create("a");

        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> create("a"));
    }

    @Test
    void anUpdateReplacesTheConnection() {
        create("a");

        aws.glue.updateConnection(update -> update.name("a")
                .connectionInput(input("a")
                        .connectionProperties(Map.of(ConnectionPropertyKey.SECRET_ID, "arn:secret"))
                        .build()));

        assertThat(aws.glue.getConnection(get -> get.name("a")).connection().connectionProperties())
                .isEqualTo(Map.of(ConnectionPropertyKey.SECRET_ID, "arn:secret"));
    }

    @Test
    void connectionsAreListedByType() {
        create("a");
        create("b");

        assertThat(aws
                        .glue
                        .getConnectionsPaginator(
                                get -> get.maxResults(1).filter(filter -> filter.connectionType(ConnectionType.JDBC)))
                        .stream()
                        .flatMap(page -> page.connectionList().stream()))
                .extracting(Connection::name)
                .containsExactly("a", "b");
        assertThat(aws.glue
                        .getConnections(get -> get.filter(filter -> filter.connectionType(ConnectionType.KAFKA)))
                        .connectionList())
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        create("a");
        aws.glue.deleteConnection(delete -> delete.connectionName("a"));

        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.getConnection(get -> get.name("a")));
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.deleteConnection(delete -> delete.connectionName("a")));
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.updateConnection(
                        update -> update.name("a").connectionInput(input("a").build())));
    }

    private void create(String name) {
        aws.glue.createConnection(create -> create.connectionInput(input(name).build()));
    }

    private static ConnectionInput.Builder input(String name) {
        return ConnectionInput.builder()
                .name(name)
                .connectionType(ConnectionType.JDBC)
                .connectionProperties(Map.of(
                        ConnectionPropertyKey.JDBC_CONNECTION_URL,
                        URL,
                        ConnectionPropertyKey.USERNAME,
                        "exporter",
                        ConnectionPropertyKey.PASSWORD,
                        "Tr0ub4dor"))
                .physicalConnectionRequirements(physical -> physical.subnetId("subnet-1"));
    }
}
