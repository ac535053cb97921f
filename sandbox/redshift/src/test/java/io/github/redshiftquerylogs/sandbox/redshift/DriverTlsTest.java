package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.sandbox.protocol.TlsIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The real driver with TLS, which it requires by default. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DriverTlsTest {

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    @TempDir
    private static Path folder;

    @AutoClose
    private static EmbeddedRedshift redshift;

    private static TlsIdentity identity;

    @BeforeAll
    static void start() {
        redshift = EmbeddedRedshift.recycled("orders", "exporter", "Passw0rd");
        identity = TlsIdentity.create(folder);
    }

    @AfterEach
    void forget() {
        System.clearProperty(TRUST_STORE);
    }

    private static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "exporter");
        properties.setProperty("password", "Passw0rd");
        return new com.amazon.redshift.Driver().connect(redshift.jdbcUrl().replace("?ssl=false", ""), properties);
    }

    @Test
    void driverSpeaksTlsWithWhomItTrusts() throws SQLException {
        redshift.speakTls(identity);
        System.setProperty(TRUST_STORE, identity.trustStore().toString());
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select repeat('x', 100000)")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).hasSize(100_000);
        }
    }

    @Test
    void driverRefusesWhomItDoesNotTrust() {
        redshift.speakTls(identity);
        assertThatThrownBy(DriverTlsTest::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SSL error");
    }

    @Test
    void driverRefusesAClusterWithoutTls() {
        try (EmbeddedRedshift plain = EmbeddedRedshift.recycled("plain", "exporter", "Passw0rd")) {
            assertThatThrownBy(() -> new com.amazon.redshift.Driver()
                            .connect(plain.jdbcUrl().replace("?ssl=false", ""), new Properties()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("does not support SSL");
        }
    }
}
