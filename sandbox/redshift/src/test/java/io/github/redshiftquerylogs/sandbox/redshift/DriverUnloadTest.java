package io.github.redshiftquerylogs.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.redshiftquerylogs.sandbox.unload.EmptyResult;
import io.github.redshiftquerylogs.sandbox.unload.FolderStore;
import io.github.redshiftquerylogs.sandbox.unload.ParquetRows;
import io.github.redshiftquerylogs.sandbox.unload.TimestampEncoding;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UNLOAD by Redshift's own driver, and the objects in the store afterwards. */
class DriverUnloadTest {

    private static final String BUCKET = "lake";
    private static final LocalDateTime TIME = LocalDateTime.parse("1968-03-08T02:30:00.123456");

    @AutoClose
    private static EmbeddedRedshift redshift;

    @TempDir
    private Path folder;

    private FolderStore store;

    @BeforeAll
    static void start() throws SQLException {
        redshift = EmbeddedRedshift.recycled("alpha", "exporter", "pw");
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute(
                    "create table kinds (s smallint, i integer, b bigint, r real, d double precision, t boolean,"
                            + " day date, at timestamp, n numeric(18,3), c char(5), v varchar(20))");
            statement.execute("insert into kinds values (1, 2, 3, 1.5, 2.5, true, '2026-11-21', '" + TIME
                    + "', -12.345, 'ab', 'Zoë '), (null, null, null, null, null, null, null, null, null, null, null)");
            statement.execute("grant select on kinds to exporter");
            statement.execute("create table secret (a int)");
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        store = new FolderStore(folder).withBucket(BUCKET);
        redshift.unloadWith(UnloadSetup.to(store));
    }

    private static Connection connect(String... more) throws SQLException {
        return EmbeddedRedshiftTest.connect(redshift, "pw", more);
    }

    private static String unload(String select, String options) {
        return "UNLOAD ('" + select.replace("\\", "\\\\").replace("'", "''")
                + "') TO 's3://lake/temp/1/' IAM_ROLE default" + " FORMAT PARQUET " + options;
    }

    private static String count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private List<Group> rows(String... names) throws IOException {
        List<Group> rows = new ArrayList<>();
        for (String name : names) {
            rows.addAll(ParquetRows.of(store.file(BUCKET, "temp/1/" + name)).rows());
        }
        return rows;
    }

    private JsonNode manifest() throws IOException {
        return new ObjectMapper().readTree(store.file(BUCKET, "temp/1/manifest").toFile());
    }

    @ParameterizedTest
    @CsvSource({"true, extended", "false, extended", "true, simple", "false, simple"})
    void eachSliceWritesAFileAndTheManifestCountsThem(boolean autoCommit, String mode) throws Exception {
        try (Connection connection = connect("preferQueryMode", mode);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(autoCommit);

            boolean hasRows = statement.execute(
                    unload("select g as n, 'it''s' as t from generate_series(1, 10) g", "MANIFEST VERBOSE"));

            assertThat(hasRows).isFalse();
            assertThat(statement.getWarnings().getMessage())
                    .isEqualTo("UNLOAD completed, 10 record(s) unloaded successfully");
            assertThat(count(connection, "select 1")).isEqualTo("1");
        }
        assertThat(store.keys(BUCKET))
                .containsExactly(
                        "temp/1/0000_part_00.parquet",
                        "temp/1/0001_part_00.parquet",
                        "temp/1/0002_part_00.parquet",
                        "temp/1/0003_part_00.parquet",
                        "temp/1/manifest");
        assertThat(rows("0000_part_00.parquet", "0001_part_00.parquet", "0002_part_00.parquet", "0003_part_00.parquet"))
                .extracting(row -> row.getInteger(0, 0))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        ParquetRows first = ParquetRows.of(store.file(BUCKET, "temp/1/0000_part_00.parquet"));
        assertThat(first.codec()).isEqualTo(CompressionCodecName.SNAPPY);
        assertThat(first.rows().get(0).getString("t", 0)).isEqualTo("it's");

        JsonNode manifest = manifest();
        assertThat(manifest.path("entries")).hasSize(4);
        assertThat(manifest.path("entries").get(0).path("url").asText())
                .isEqualTo("s3://lake/temp/1/0000_part_00.parquet");
        assertThat(manifest.path("entries")
                        .get(0)
                        .path("meta")
                        .path("record_count")
                        .asInt())
                .isEqualTo(3);
        assertThat(manifest.path("entries")
                        .get(0)
                        .path("meta")
                        .path("content_length")
                        .asLong())
                .isEqualTo(store.file(BUCKET, "temp/1/0000_part_00.parquet")
                        .toFile()
                        .length());
        assertThat(manifest.path("meta").path("record_count").asInt()).isEqualTo(10);
        assertThat(manifest.path("author").path("name").asText()).isEqualTo("Amazon Redshift");
        assertThat(manifest.path("schema").path("elements").get(0).toString())
                .isEqualTo("{\"name\":\"n\",\"type\":{\"base\":\"integer\"}}");
    }

    @Test
    void eachTypeAndEachNullIsKept() throws Exception {
        execute(unload("select * from kinds order by i", "PARALLEL OFF"));

        List<Group> rows = rows("000.parquet");
        Group row = rows.get(0);
        assertThat(row.getInteger("s", 0)).isEqualTo(1);
        assertThat(row.getInteger("i", 0)).isEqualTo(2);
        assertThat(row.getLong("b", 0)).isEqualTo(3);
        assertThat(row.getFloat("r", 0)).isEqualTo(1.5f);
        assertThat(row.getDouble("d", 0)).isEqualTo(2.5);
        assertThat(row.getBoolean("t", 0)).isTrue();
        assertThat(row.getInteger("day", 0)).isEqualTo(20_778);
        assertThat(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(row.getLong("at", 0), ChronoUnit.MICROS))
                .isEqualTo(TIME);
        assertThat(new java.math.BigInteger(row.getBinary("n", 0).getBytes())).isEqualTo(-12345);
        assertThat(row.getString("c", 0)).as("padded").isEqualTo("ab   ");
        assertThat(row.getString("v", 0)).isEqualTo("Zoë ");
        assertThat(row.getType().toString())
                .contains("optional int64 at (TIMESTAMP(MICROS,false))")
                .contains("fixed_len_byte_array(16) n (DECIMAL(18,3))");
        for (int field = 0; field < 11; field++) {
            assertThat(rows.get(1).getFieldRepetitionCount(field)).isZero();
        }
    }

    @Test
    void timestampsMayBeInt96() throws Exception {
        redshift.unloadWith(UnloadSetup.to(store).withTimestamps(TimestampEncoding.INT96));
        execute(unload("select at from kinds where at is not null", ""));

        Group row = rows("0000_part_00.parquet").get(0);
        ByteBuffer bytes = ByteBuffer.wrap(row.getInt96(0, 0).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        int julianDay = bytes.getInt();
        assertThat(LocalDateTime.of(1970, 1, 1, 0, 0)
                        .plusDays(julianDay - 2_440_588L)
                        .plusNanos(nanos))
                .isEqualTo(TIME);
    }

    @Test
    void aFullFileIsFollowedByAnotherPart() throws Exception {
        execute(unload(
                "select md5(g::text) || md5((g + 1)::text) as noise from generate_series(1, 200000) g",
                "PARALLEL OFF MAXFILESIZE 5 MB"));

        assertThat(store.keys(BUCKET)).hasSizeGreaterThan(1).contains("temp/1/000.parquet", "temp/1/001.parquet");
    }

    @Test
    void withoutRowsThereIsNothingOrAnEmptyManifest() throws Exception {
        execute(unload("select * from kinds where false", "MANIFEST VERBOSE"));
        assertThat(store.keys(BUCKET)).isEmpty();

        redshift.unloadWith(UnloadSetup.to(store).withEmptyResult(EmptyResult.WRITES_EMPTY_MANIFEST));
        execute(unload("select * from kinds where false", "MANIFEST VERBOSE"));
        assertThat(store.keys(BUCKET)).containsExactly("temp/1/manifest");
        assertThat(manifest().path("entries")).isEmpty();
        assertThat(manifest().path("meta").path("record_count").asInt(-1)).isZero();
    }

    @Test
    void aTargetThatIsNotEmptyIsLeftAlone() throws Exception {
        execute(unload("select 1 as a", ""));

        assertRefused(unload("select 2 as a", ""), "XX000", "Specified unload destination on S3 is not empty.");
        assertThat(rows("0000_part_00.parquet").get(0).getInteger(0, 0)).isEqualTo(1);

        execute(unload("select 3 as a", "ALLOWOVERWRITE"));
        assertThat(rows("0000_part_00.parquet").get(0).getInteger(0, 0)).isEqualTo(3);
    }

    @Test
    void aClusterWithoutRoleRefuses() throws Exception {
        redshift.unloadWith(UnloadSetup.to(store).withRoles(List.of("arn:aws:iam::123456789012:role/a"), false));

        assertRefused(unload("select 1 as a", ""), "XX000", "The default IAM role is not set");
        assertRefused(
                unload("select 1 as a", "").replace("default", "'arn:aws:iam::123456789012:role/b'"),
                "XX000",
                "is not authorized to assume IAM Role arn:aws:iam::123456789012:role/b");
        execute(unload("select 1 as a", "")
                .replace("default", "'arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b'"));
        assertThat(store.keys(BUCKET)).hasSize(1);
    }

    @Test
    void theUsersRightsCountAndTheDatabasesErrorComesThrough() throws Exception {
        assertRefused(unload("select * from secret", ""), "42501", "permission denied for table secret");
        assertRefused(unload("select 1/0 as a", ""), "22012", "division by zero");
        assertRefused(unload("select 1 as a limit 1", ""), "0A000", "Limit clause is not supported");
        assertRefused(
                unload("select 1 as a", "").replace("s3://lake/", "s3://none/"),
                "XX000",
                "The specified bucket does not exist");
        assertThat(store.keys(BUCKET)).isEmpty();
    }

    @Test
    void anErrorWithinATransactionEndsThatAndNotTheSession() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(unload("select 'it''s $$; --' || nothing", "")))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42703"));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("select 1"))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(count(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void anotherThreadCancelsIt() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Thread canceller = new Thread(() -> {
                try {
                    Thread.sleep(1_000);
                    statement.cancel();
                } catch (InterruptedException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            canceller.start();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(unload("select 1 as a from pg_sleep(30)", "")))
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            canceller.join();
            assertThat(count(connection, "select 1")).isEqualTo("1");
        }
        assertThat(store.keys(BUCKET)).isEmpty();
    }

    @Test
    void theSessionsStatementTimeoutEndsIt() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout TO 300");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(unload("select 1 as a from pg_sleep(30)", "")))
                    .withMessageContaining("statement timeout")
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
    }

    @Test
    void aPreparedUnloadWouldRunOnceOnlyAndIsRefused() throws Exception {
        try (Connection connection = connect("prepareThreshold", "1");
                java.sql.PreparedStatement statement =
                        connection.prepareStatement(unload("select 1 as a", "ALLOWOVERWRITE"))) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        for (int i = 0; i < 3; i++) {
                            statement.execute();
                        }
                    })
                    .withMessageContaining("prepared statement");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(String sql, String sqlState, String message) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(sql))
                    .withMessageContaining(message)
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
        }
    }
}
