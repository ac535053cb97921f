package io.github.redshiftquerylogs.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.Json;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.unload.UnloadSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.s3.model.S3Object;

/** UNLOAD to the S3 server, by the Data API and by Redshift's driver, read as the manifest says. */
class UnloadToS3IT {

    private static final String SELECT = "SELECT query, querytxt, starttime FROM stl_query"
            + " WHERE coalesce(querytxt, '''') <> ''it''''s'' AND starttime >= ''2026-11-21 00:00:00'' ORDER BY query";

    @TempDir
    private static Path workFolder;

    @TempDir
    private Path downloads;

    private static LocalAws aws;
    private static EmbeddedRedshift redshift;

    @BeforeAll
    static void start() throws SQLException {
        aws = LocalAws.start(workFolder);
        aws.createBucket("lake");
        redshift = EmbeddedRedshift.start("alpha", "exporter", "pw");
        redshift.unloadWith(UnloadSetup.to(aws.objectStore()).withSlices(2));
        aws.endpoint().warehouses().addCluster(redshift);
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("insert into stl_query (userid, query, querytxt, starttime) values"
                    + " (100, 1, 'select ''a;b''', '2026-11-21 02:30:00.123456'), (100, 2, 'it''s', '2026-11-21'),"
                    + " (100, 3, null, '2026-11-21 23:59:59.999999'), (100, 4, 'old', '2026-11-20')");
        }
    }

    @AfterAll
    static void stop() {
        redshift.close();
        aws.close();
    }

    private static String unload(String prefix) {
        return "UNLOAD ('" + SELECT + "') TO 's3://lake/" + prefix
                + "' IAM_ROLE default FORMAT AS PARQUET MANIFEST VERBOSE REGION 'eu-central-1'";
    }

    private static DescribeStatementResponse run(String sql) {
        String id = aws.redshiftData()
                .executeStatement(execute -> execute.clusterIdentifier("alpha")
                        .database("dev")
                        .dbUser("exporter")
                        .sql(sql))
                .id();
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> aws.redshiftData().describeStatement(describe -> describe.id(id)),
                        statement -> List.of(StatusString.FINISHED, StatusString.FAILED, StatusString.ABORTED)
                                .contains(statement.status()));
    }

    private List<Group> rowsOfManifest(String prefix) throws IOException {
        JsonNode manifest = Json.MAPPER.readTree(aws.s3()
                .getObjectAsBytes(get -> get.bucket("lake").key(prefix + "manifest"))
                .asString(StandardCharsets.UTF_8));
        List<Group> rows = new ArrayList<>();
        for (JsonNode entry : manifest.path("entries")) {
            String key = entry.path("url").asText().substring("s3://lake/".length());
            Path file = downloads.resolve(key.replace('/', '_'));
            aws.s3().getObject(get -> get.bucket("lake").key(key), file);
            assertThat(file.toFile().length())
                    .isEqualTo(entry.path("meta").path("content_length").asLong());
            int before = rows.size();
            try (ParquetReader<Group> reader = ParquetReader.builder(
                            new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                    .withConf(new Configuration(false))
                    .build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    rows.add(row);
                }
            }
            assertThat(rows.size() - before)
                    .isEqualTo(entry.path("meta").path("record_count").asInt());
        }
        assertThat(rows).hasSize(manifest.path("meta").path("record_count").asInt());
        return rows;
    }

    private void assertRight(List<Group> rows) {
        assertThat(rows).extracting(row -> row.getInteger("query", 0)).containsExactly(1, 3);
        assertThat(rows.get(0).getString("querytxt", 0))
                .startsWith("select 'a;b'")
                .hasSize(4000);
        assertThat(rows.get(1).getFieldRepetitionCount("querytxt")).isZero();
        assertThat(LocalDateTime.of(1970, 1, 1, 0, 0).plusNanos(rows.get(0).getLong("starttime", 0) * 1000))
                .isEqualTo("2026-11-21T02:30:00.123456");
    }

    @Test
    void byTheDataApi() throws IOException {
        DescribeStatementResponse statement = run(unload("temp/data-api/"));

        assertThat(statement.error()).isNull();
        assertThat(statement.hasResultSet()).isFalse();
        assertThat(aws.s3()
                        .listObjectsV2(list -> list.bucket("lake").prefix("temp/data-api/"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly(
                        "temp/data-api/0000_part_00.parquet",
                        "temp/data-api/0001_part_00.parquet",
                        "temp/data-api/manifest");
        assertRight(rowsOfManifest("temp/data-api/"));

        assertThat(run(unload("temp/data-api/")).error())
                .startsWith("ERROR: Specified unload destination on S3 is not empty.");
    }

    @Test
    void byRedshiftsDriver() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "exporter");
        properties.setProperty("password", "pw");
        try (Connection connection = new com.amazon.redshift.Driver().connect(redshift.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(unload("temp/jdbc/"));
            assertRight(rowsOfManifest("temp/jdbc/"));

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(unload("temp/jdbc/").replace("//lake/", "//none/")))
                    .withMessageContaining("S3ServiceException:The specified bucket does not exist,Status 404,Error"
                            + " NoSuchBucket");
        }
    }

    @Test
    void aCancelledUnloadLeavesNothing() {
        String id = aws.redshiftData()
                .executeStatement(execute -> execute.clusterIdentifier("alpha")
                        .database("dev")
                        .dbUser("exporter")
                        .sql(unload("temp/cancelled/").replace(SELECT, "select 1 as a from pg_sleep(60)")))
                .id();
        await().until(() -> aws.redshiftData()
                        .describeStatement(describe -> describe.id(id))
                        .status()
                == StatusString.STARTED);

        aws.redshiftData().cancelStatement(cancel -> cancel.id(id));

        assertThat(aws.redshiftData()
                        .describeStatement(describe -> describe.id(id))
                        .status())
                .isEqualTo(StatusString.ABORTED);
        assertThat(aws.s3()
                        .listObjectsV2(list -> list.bucket("lake").prefix("temp/cancelled/"))
                        .contents())
                .isEmpty();
    }
}
