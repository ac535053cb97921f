package io.github.redshiftquerylogs.infra.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.infra.NeedsNode;
import io.github.redshiftquerylogs.sandbox.aws.servers.LocalCredentials;
import io.github.redshiftquerylogs.sandbox.aws.servers.S3Process;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Uploads own exports to a real S3 server. */
@NeedsNode
class ExportsHandlerIT {

    /** Those of {@link Handler}. */
    private static final LocalCredentials KEYS = LocalCredentials.DEFAULT;

    @TempDir
    private static Path folder;

    private static S3Process server;
    private static S3Client s3;

    private Handler handler;

    @BeforeAll
    static void startServer() {
        server = S3Process.start(folder, KEYS);
        s3 = S3Client.builder()
                .endpointOverride(server.uri())
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(KEYS.accessKeyId(), KEYS.secretAccessKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        s3.createBucket(create -> create.bucket("assets"));
        s3.createBucket(create -> create.bucket("lake"));
    }

    @AfterAll
    static void stopServer() {
        s3.close();
        server.close();
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        handler = new Handler("exports", server.uri());
        keys().forEach(key -> s3.deleteObject(delete -> delete.bucket("lake").key(key)));
        put("assets", "hash1.yaml", "name: own_orders");
        put("assets", "hash2.yaml", "name: own_sales");
        put("lake", "exports/own/own_old.yaml", "name: own_old");
        put("lake", "exports/owners", "of somebody else");
        put("lake", "lake/data/a.parquet", "rows");
    }

    private static void put(String bucket, String key, String content) {
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    private static List<String> keys() {
        return s3.listObjectsV2(list -> list.bucket("lake")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static Map<String, Object> properties(String... files) {
        return Map.of(
                "Bucket",
                "lake",
                "Folder",
                "exports/own",
                "Files",
                List.of(files).stream()
                        .map(file -> Map.of(
                                "Name", file.split("=", -1)[0], "Bucket", "assets", "Key", file.split("=", -1)[1]))
                        .toList());
    }

    @Test
    void theFolderHasTheFilesOfTheDeploymentAndNoOthers() throws Exception {
        handler.create(properties("own_orders.yaml=hash1.yaml", "own_sales.yaml=hash2.yaml"));
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "exports/own/own_orders.yaml",
                        "exports/own/own_sales.yaml",
                        "exports/owners",
                        "lake/data/a.parquet");
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("exports/own/own_orders.yaml"))
                        .asUtf8String())
                .isEqualTo("name: own_orders");
        handler.invoke("Update", properties("own_orders.yaml=hash2.yaml"), 60);
        assertThat(keys()).contains("exports/own/own_orders.yaml").doesNotContain("exports/own/own_sales.yaml");
        assertThat(s3.getObjectAsBytes(get -> get.bucket("lake").key("exports/own/own_orders.yaml"))
                        .asUtf8String())
                .isEqualTo("name: own_sales");
    }

    @Test
    void deletionRemovesNothing() throws Exception {
        handler.invoke("Delete", properties("own_orders.yaml=hash1.yaml"), 60);
        assertThat(keys())
                .containsExactlyInAnyOrder("exports/own/own_old.yaml", "exports/owners", "lake/data/a.parquet");
    }
}
