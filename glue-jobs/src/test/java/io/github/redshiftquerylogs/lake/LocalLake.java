package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.contract.SparkSettings;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.sandbox.aws.LocalAwsEndpoint;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;

/** A lake for tests: Iceberg's real Glue catalog on a local endpoint, files in a folder, Spark in this process. */
public final class LocalLake implements TestingLake, AutoCloseable {

    public static final String DATABASE = "redshift_query_logs_db";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final LocalAwsEndpoint endpoint;
    private final Path folder;
    private final SparkSession spark;
    private final Catalog catalog;

    public LocalLake() {
        this.endpoint = LocalAwsEndpoint.start(request -> {
            throw new IllegalStateException("no job is started here: " + request);
        });
        try {
            this.folder = Files.createTempDirectory("lake");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String prefix = "spark.sql.catalog." + SparkSettings.CATALOG;
        SparkSession.Builder session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1");
        for (Map.Entry<String, String> setting : SparkSettings.of("s3://lake").entrySet()) {
            session = session.config(setting.getKey(), setting.getValue());
        }
        // files in a local folder instead of S3
        this.spark = session.config(prefix + ".io-impl", "org.apache.iceberg.hadoop.HadoopFileIO")
                .config(prefix + ".warehouse", folder.toUri().toString())
                .config("spark.hadoop.fs.file.impl", PlainLocalFiles.class.getName())
                .config(prefix + ".http-client.type", "urlconnection")
                .config(prefix + ".glue.endpoint", endpoint.uri().toString())
                .getOrCreate();
        this.catalog = Spark3Util.loadIcebergCatalog(spark, SparkSettings.CATALOG);
        lake(DATABASE).createDatabase();
    }

    public LocalAwsEndpoint endpoint() {
        return endpoint;
    }

    public SparkSession spark() {
        return spark;
    }

    @Override
    public Lake lake(String database) {
        return new Lake(catalog, database, folder.resolve(database).toUri().toString());
    }

    /** A small declaration under a name that no other test uses. */
    public static ExportDeclaration declaration() {
        return Declarations.parse("""
            name: t_%d
            set: core
            log_time_rule: endtime
            key: [id]
            reread: true
            sql: select endtime as log_time, id from source where endtime > :from and endtime <= :to
            columns: [{name: id, type: integer}]
            """.formatted(NUMBER.incrementAndGet()), "test");
    }

    /** The table of an export, freshly loaded, created if absent. */
    public Table table(ExportDeclaration declaration) {
        lake(DATABASE).open(declaration, new ClusterName("any"));
        return load(DATABASE, declaration.name());
    }

    @Override
    public Table load(String database, String name) {
        return catalog.loadTable(TableIdentifier.of(database, name));
    }

    /** Writes rows of a cluster into files, by time; ids are their positions. */
    static List<DataFile> write(Table table, String cluster, String... times) {
        LakeFiles files = new LakeFiles(table, 0, 0);
        try {
            for (int i = 0; i < times.length; i++) {
                Record row = GenericRecord.create(table.schema());
                row.setField("cluster_name", cluster);
                row.setField("log_time", LocalDateTime.parse(times[i]));
                row.setField("id", i);
                files.write(row);
            }
            return Arrays.asList(files.complete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The times of a cluster's rows, with duplicates, in order. */
    static List<String> times(Table table, String cluster) {
        table.refresh();
        return TestingLake.rows(table).stream()
                .filter(row -> row.getField("cluster_name").equals(cluster))
                .map(row -> row.getField("log_time").toString())
                .sorted()
                .toList();
    }

    /** The number of rows by operation of the table's snapshots, oldest first. */
    static List<String> operations(Table table) {
        table.refresh();
        TreeMap<Long, String> operations = new TreeMap<>();
        table.snapshots().forEach(snapshot -> operations.put(snapshot.sequenceNumber(), snapshot.operation()));
        return List.copyOf(operations.values());
    }

    @Override
    public void close() {
        spark.stop();
        endpoint.close();
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
