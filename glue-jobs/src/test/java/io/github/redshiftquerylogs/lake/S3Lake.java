package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/** A lake for tests in the bucket {@code lake}: Iceberg's real Glue catalog and S3FileIO, in this process. */
public final class S3Lake implements TestingLake, AutoCloseable {

    private final GlueCatalog catalog = new GlueCatalog();

    public S3Lake(LocalAws aws) {
        aws.createBucket("lake");
        catalog.initialize(
                "test",
                Map.of(
                        "warehouse",
                        "s3://lake/logs/data",
                        "io-impl",
                        "org.apache.iceberg.aws.s3.S3FileIO",
                        "http-client.type",
                        "urlconnection",
                        "glue.endpoint",
                        aws.endpoint().uri().toString(),
                        "s3.endpoint",
                        aws.environment().getOrDefault("AWS_ENDPOINT_URL_S3", ""),
                        "s3.path-style-access",
                        "true"));
    }

    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Lake lake(String database) {
        return new Lake(catalog, database, "s3://lake/" + database);
    }

    @Override
    public Table load(String database, String name) {
        return catalog.loadTable(TableIdentifier.of(database, name));
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
