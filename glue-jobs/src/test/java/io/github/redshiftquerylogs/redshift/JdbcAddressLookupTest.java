package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.failure.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetConnectionRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionResponse;

class JdbcAddressLookupTest {

    private final Connections glue = new Connections();
    private final JdbcAddressLookup lookup = new JdbcAddressLookup(glue);

    /** The URL of a connection that the Lambda creates has no options, whatever the connection enforces. */
    @Test
    void connectionWithoutOptionsChecksTheCertificateAndTheName() {
        glue.urls.put(
                "orders_rs_query_logs", "jdbc:redshift://orders.abc.eu-central-1.redshift.amazonaws.com:5439/dev");

        assertThat(lookup.address("orders_rs_query_logs").options().tls()).isEqualTo(TlsMode.VERIFY_FULL);
    }

    @Test
    void onesOwnConnectionMaySayOtherwise() {
        glue.urls.put("mine", "jdbc:redshift://orders.example.com:5439/dev?sslmode=verify-ca");

        assertThat(lookup.address("mine").options().tls()).isEqualTo(TlsMode.VERIFY_CA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:redshift://h:5439/dev?pass%77ord=topsecret",
                "jdbc:redshift://u:topsecret@h:5439/dev",
                "jdbc:redshift://h:5439/dev?LogPath=/topsecret",
                "topsecret"
            })
    void refusalNamesTheConnectionAndNotItsUrl(String url) {
        glue.urls.put("mine", url);

        assertThatThrownBy(() -> lookup.address("mine"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("Glue connection 'mine': ")
                .hasMessageContaining("expected")
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void connectionThatDoesNotExistOrHasNoUrlIsNamed() {
        assertThatThrownBy(() -> lookup.address("none"))
                .hasMessage("Glue connection 'none' does not exist: expected a JDBC connection");
        glue.urls.put("network", "");
        assertThatThrownBy(() -> lookup.address("network"))
                .hasMessage("Glue connection 'network' has no JDBC_CONNECTION_URL: expected a JDBC connection");
    }

    /** Glue with some connections; an empty URL stands for none. */
    private static final class Connections implements GlueClient {

        private final Map<String, String> urls = new HashMap<>();

        @Override
        public GetConnectionResponse getConnection(GetConnectionRequest request) {
            String url = urls.get(request.name());
            if (url == null) {
                throw EntityNotFoundException.builder().message("not found").build();
            }
            Map<ConnectionPropertyKey, String> properties =
                    url.isEmpty() ? Map.of() : Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, url);
            return GetConnectionResponse.builder()
                    .connection(Connection.builder()
                            .connectionProperties(properties)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "glue";
        }

        @Override
        public void close() {}
    }
}
