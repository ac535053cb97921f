package io.github.redshiftquerylogs.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.settings.Authentication;
import io.github.redshiftquerylogs.settings.ClusterConnection;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.DatabaseCredentials;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;

/** What every session sets, at a cluster whose user has other defaults, on a machine in another zone. */
@ResourceLock(Resources.TIME_ZONE)
class SessionSettingsTest {

    private static final String USER = "exporter";
    private static final String PASSWORD = "secret";
    private static final StatementName NAME = new StatementName(new ClusterName("orders"), "run");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TimeZone BEFORE = TimeZone.getDefault();

    private static LocalAwsEndpoint endpoint;
    private static EmbeddedRedshift redshift;

    @BeforeAll
    static void start() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here: " + request);
        });
        redshift = EmbeddedRedshift.recycled("warehouse", USER, PASSWORD);
        redshift.users().setDefault(USER, "timezone", "Asia/Tokyo");
        endpoint.warehouses().addCluster(redshift);
    }

    @AfterAll
    static void stop() {
        TimeZone.setDefault(BEFORE);
        redshift.close();
        endpoint.close();
    }

    static Stream<Source> sources() {
        return Stream.of(
                jdbc(),
                DataApiSource.of(
                        NAME,
                        new ClusterConnection.DataApi(false, "warehouse", "dev"),
                        new Authentication.TemporaryCredentials(USER),
                        MINUTE,
                        () -> RedshiftDataClient.builder()
                                .endpointOverride(endpoint.uri())
                                .build()));
    }

    private static JdbcSource jdbc() {
        return JdbcSource.withPassword(
                NAME, new JdbcAddress(redshift.jdbcUrl()), new DatabaseCredentials(USER, PASSWORD), MINUTE);
    }

    private static String text(SourceSession session, String sql) {
        return session.rows(sql, rows -> {
            assertThat(rows.next()).isTrue();
            String text = String.valueOf(rows.value(0, ColumnType.STRING));
            assertThat(rows.next()).isFalse();
            return text;
        });
    }

    @ParameterizedTest
    @MethodSource("sources")
    void timesAreInUtc(Source source) {
        redshift.setClock(LocalDateTime.parse("2026-03-08T02:30:00"));
        try (SourceSession session = source.open("test")) {
            assertThat(session.clock()).isEqualTo(LocalDateTime.parse("2026-03-08T02:30:00"));
            assertThat(text(session, "select cast(timestamptz '2026-03-08 02:30:00+00' as varchar(40))"))
                    .isEqualTo("2026-03-08 02:30:00+00");
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void statementsHaveATimeoutAndTheQueryGroup(Source source) {
        try (SourceSession session = source.open("test")) {
            assertThat(text(session, "select current_setting('statement_timeout')"))
                    .isEqualTo("1min");
            assertThat(text(session, "select current_setting('redshift.query_group')"))
                    .isEqualTo("redshift_query_logs");
        }
    }

    /** Without a transaction the driver reads all rows into memory. */
    @Test
    void statementsOfAJdbcSessionAreInOneTransaction() {
        try (SourceSession session = jdbc().open("test")) {
            String first = text(session, "select pg_current_xact_id()");
            assertThat(text(session, "select pg_current_xact_id()")).isEqualTo(first);
        }
    }

    /** The last row cannot be computed, and the database computes it when it is asked for. */
    @Test
    void rowsOverJdbcAreStreamed() {
        AtomicInteger read = new AtomicInteger();
        try (SourceSession session = jdbc().open("test")) {
            assertThatThrownBy(() -> session.rows(
                            "select 1 / (200000 - i), repeat('x', 200) from generate_series(1, 200000) i", rows -> {
                                while (rows.next()) {
                                    read.incrementAndGet();
                                }
                                return read;
                            }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("division by zero");
        }
        assertThat(read).hasValueGreaterThan(0);
    }
}
