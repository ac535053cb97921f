package io.github.redshiftquerylogs.sandbox.trino;

import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.server.testing.TestingTrinoServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One Trino server, coordinator and worker in one, whose catalog {@code lake} is Iceberg on a Glue Data Catalog. */
public final class TrinoServer {

    private TrinoServer() {}

    /**
     * Starts the server, prints {@code ready on port <port>} and goes on until the process is stopped. Endpoints, Region
     * and credentials are those of the environment: {@code AWS_ENDPOINT_URL} (Glue), {@code AWS_ENDPOINT_URL_S3},
     * {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}.
     *
     * @param arguments the folder for Trino's own files
     */
    public static void main(String[] arguments) throws Exception {
        TestingTrinoServer server = TestingTrinoServer.builder()
                .setBaseDataDir(Optional.of(Path.of(arguments[0])))
                .setProperties(Map.of("node-scheduler.include-coordinator", "true"))
                .build();
        server.installPlugin(new IcebergPlugin());
        server.createCatalog("lake", "iceberg", catalog(System.getenv()));
        System.out.println("ready on port " + server.getAddress().getPort());
        new CountDownLatch(1).await();
    }

    private static Map<String, String> catalog(Map<String, String> environment) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("iceberg.catalog.type", "glue");
        properties.put("hive.metastore.glue.region", environment.get("AWS_REGION"));
        properties.put("hive.metastore.glue.endpoint-url", environment.get("AWS_ENDPOINT_URL"));
        properties.put("hive.metastore.glue.aws-access-key", environment.get("AWS_ACCESS_KEY_ID"));
        properties.put("hive.metastore.glue.aws-secret-key", environment.get("AWS_SECRET_ACCESS_KEY"));
        properties.put("hive.s3.endpoint", environment.get("AWS_ENDPOINT_URL_S3"));
        properties.put("hive.s3.path-style-access", "true");
        properties.put("hive.s3.aws-access-key", environment.get("AWS_ACCESS_KEY_ID"));
        properties.put("hive.s3.aws-secret-key", environment.get("AWS_SECRET_ACCESS_KEY"));
        return properties;
    }
}
