package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.Blanks;
import io.github.redshiftquerylogs.declaration.ColumnType;
import io.github.redshiftquerylogs.declaration.Declarations;
import io.github.redshiftquerylogs.declaration.DeclaredColumn;
import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes what the first release's job and Lambda left behind: tables of the lake, and items of the state table. See
 * {@code src/test/resources/first-release/README.md}.
 */
final class FirstRelease {

    private static final Path DECLARATIONS = Path.of("src/test/resources/first-release");
    private static final DateTimeFormatter IN_STATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter IN_SQL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final String BEGINNING = "timestamp '1970-01-01 00:00:00.000000'";

    private final Catalog catalog;
    private final Namespace database;
    private final String location;
    private final ClusterName cluster;

    /** @param location of the tables' folders */
    FirstRelease(Catalog catalog, String database, String location, ClusterName cluster) {
        this.catalog = catalog;
        this.database = Namespace.of(database);
        this.location = location;
        this.cluster = cluster;
    }

    /** The tables as the first release declared them. */
    static List<ExportDeclaration> declarations() {
        try (Stream<Path> files = Files.list(DECLARATIONS)) {
            List<ExportDeclaration> declarations = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                // "set" came later
                declarations.add(Declarations.parse(Files.readString(file) + "\nset: core\n", file.toString()));
            }
            return declarations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates the tables and exports all rows of a cluster up to a time.
     *
     * @param source a connection to the cluster
     * @param identity the cluster's, such as {@code host:127.0.0.1:5439/dev}
     * @return the items of the state table, each with its keys
     */
    List<Map<String, AttributeValue>> export(Connection source, String identity, LocalDateTime upTo)
            throws SQLException {
        ((SupportsNamespaces) catalog).createNamespace(database);
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (ExportDeclaration declaration : declarations()) {
            Table table = create(declaration);
            LocalDateTime greatest = append(table, read(source, declaration, table.schema(), upTo));
            Map<String, AttributeValue> item = item("table#" + declaration.name());
            item.put("read_up_to", AttributeValue.fromS(IN_STATE.format(upTo)));
            if (greatest != null) {
                item.put("lake_greatest", AttributeValue.fromS(IN_STATE.format(greatest)));
            }
            item.put("table_uuid", AttributeValue.fromS(table.uuid().toString()));
            item.put("source_identity", AttributeValue.fromS(identity));
            item.put("window_seconds", AttributeValue.fromN("21600"));
            item.put("revision", AttributeValue.fromN("1"));
            items.add(item);
        }
        items.add(item("run#latest", "run_id", "jr_1", "status", "succeeded", "summary", "{\"tables\":[]}"));
        items.add(item("start#latest", "run_id", "jr_1", "tick", "2026-11-19T10:05:00Z"));
        items.add(item("definition", "sha256", "abc"));
        return items;
    }

    private Map<String, AttributeValue> item(String entry, String... texts) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("cluster_name", AttributeValue.fromS(cluster.value()));
        item.put("entry", AttributeValue.fromS(entry));
        for (int i = 0; i < texts.length; i += 2) {
            item.put(texts[i], AttributeValue.fromS(texts[i + 1]));
        }
        return item;
    }

    private Table create(ExportDeclaration declaration) {
        List<Types.NestedField> fields = new ArrayList<>();
        fields.add(Types.NestedField.optional(1, "cluster_name", Types.StringType.get()));
        fields.add(Types.NestedField.optional(2, "log_time", Types.TimestampType.withoutZone()));
        for (DeclaredColumn column : declaration.columns()) {
            fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), type(column.type())));
        }
        Schema schema = new Schema(fields);
        Map<String, String> properties = new TreeMap<>(Map.of(
                "format-version", "2",
                "write.metadata.compression-codec", "gzip",
                "write.metadata.delete-after-commit.enabled", "true",
                "write.metadata.previous-versions-max", "20",
                "commit.retry.num-retries", "20",
                "write.parquet.compression-codec", "zstd",
                "write.metadata.metrics.column.cluster_name", "full",
                "write.metadata.metrics.column.log_time", "full"));
        properties.put("redshift_query_logs.key", String.join(",", declaration.key()));
        properties.put("redshift_query_logs.log_time", declaration.logTimeRule());
        return catalog.buildTable(TableIdentifier.of(database, declaration.name()), schema)
                .withPartitionSpec(PartitionSpec.builderFor(schema)
                        .identity("cluster_name")
                        .day("log_time")
                        .build())
                .withLocation(location + "/" + declaration.name())
                .withProperties(properties)
                .create();
    }

    private static Type type(ColumnType type) {
        return switch (type) {
            case INTEGER -> Types.IntegerType.get();
            case BIGINT -> Types.LongType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case STRING -> Types.StringType.get();
            default -> throw new IllegalArgumentException("the first release had no column of type " + type);
        };
    }

    private List<Record> read(Connection source, ExportDeclaration declaration, Schema schema, LocalDateTime upTo)
            throws SQLException {
        String sql = declaration
                .sql()
                .template()
                .replace(":from", BEGINNING)
                .replace(":to", "timestamp '" + IN_SQL.format(upTo) + "'");
        List<Record> records = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Record row = GenericRecord.create(schema);
                row.setField("cluster_name", cluster.value());
                row.setField("log_time", rows.getObject(1, LocalDateTime.class));
                for (DeclaredColumn column : declaration.columns()) {
                    row.setField(column.name(), value(rows, column));
                }
                records.add(row);
            }
        }
        return records;
    }

    private static @Nullable Object value(ResultSet rows, DeclaredColumn column) throws SQLException {
        return switch (column.type()) {
            case INTEGER -> rows.getObject(column.name(), Integer.class);
            case BIGINT -> rows.getObject(column.name(), Long.class);
            case TIMESTAMP -> rows.getObject(column.name(), LocalDateTime.class);
            default -> {
                String text = rows.getString(column.name());
                yield text == null || column.blanks() == Blanks.DATA ? text : text.replaceAll(" +$", "");
            }
        };
    }

    /** Appends one file a day; the greatest {@code log_time}, null without rows. */
    private @Nullable LocalDateTime append(Table table, List<Record> records) {
        Map<LocalDate, List<Record>> days = new TreeMap<>();
        for (Record row : records) {
            days.computeIfAbsent(logTime(row).toLocalDate(), day -> new ArrayList<>())
                    .add(row);
        }
        if (days.isEmpty()) {
            return null;
        }
        AppendFiles append = table.newAppend().set("redshift_query_logs.run_id", "jr_1");
        days.forEach((day, rows) -> append.appendFile(write(table, day, rows)));
        append.commit();
        return records.stream()
                .map(FirstRelease::logTime)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static LocalDateTime logTime(Record row) {
        return (LocalDateTime) row.getField("log_time");
    }

    private DataFile write(Table table, LocalDate day, List<Record> rows) {
        PartitionData partition = new PartitionData(table.spec().partitionType());
        partition.set(0, cluster.value());
        partition.set(1, Math.toIntExact(day.toEpochDay()));
        String file = table.locationProvider().newDataLocation(table.spec(), partition, UUID.randomUUID() + ".parquet");
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(file))
                    .forTable(table)
                    .withPartition(partition)
                    .createWriterFunc(GenericParquetWriter::create)
                    .build();
            try (writer) {
                rows.forEach(writer::write);
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
