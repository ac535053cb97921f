package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster without TLS: the driver connects only if the address disables TLS. */
class JdbcSourceTlsTest {

    private static final String USER = "exporter";
    private static final String PASSWORD = "Passw0rd";

    @AutoClose
    private static final EmbeddedRedshift REDSHIFT = EmbeddedRedshift.recycled("plain", USER, PASSWORD);

    /** The name of a database is no option, whatever is in it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/ssl_logs", "/ssl=false"})
    void clusterWithoutTlsIsRefused(String otherDatabase) {
        String url = REDSHIFT.jdbcUrl().replace("?ssl=false", "");
        String host = url.substring(0, url.lastIndexOf('/'));
        JdbcSource source = source(otherDatabase.isEmpty() ? url : host + otherDatabase);

        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> source.open("test"))
                .withMessageContaining("does not support SSL");
    }

    @Test
    void addressMayDoWithoutTls() {
        try (SourceSession session = source(REDSHIFT.jdbcUrl()).open("test")) {
            assertThat(session.clock()).isNotNull();
        }
    }

    private static JdbcSource source(String url) {
        return JdbcSource.withPassword(
                new JdbcAddress(url), new DatabaseCredentials(USER, PASSWORD), Duration.ofMinutes(1));
    }
}
