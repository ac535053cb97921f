package io.github.redshiftquerylogs.sandbox.unload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The files of one slice, written one after the other; a slice without rows writes none. */
final class SliceFiles implements AutoCloseable {

    private final Path folder;
    private final IntFunction<String> names;
    private final List<UnloadColumn> columns;
    private final MessageType schema;
    private final long maxFileSize;
    private final List<UnloadFile> finished = new ArrayList<>();

    private @Nullable ParquetWriter<Group> writer;
    private long rows;

    /**
     * @param folder for the files until they are in the store
     * @param names of the files by their number
     * @param columns what a row has
     * @param maxFileSize bytes after which the next file begins
     */
    SliceFiles(Path folder, IntFunction<String> names, List<UnloadColumn> columns, long maxFileSize) {
        this.folder = folder;
        this.names = names;
        this.columns = columns;
        this.schema = new MessageType(
                "spectrum_schema", columns.stream().map(UnloadColumn::parquet).toList());
        this.maxFileSize = maxFileSize;
    }

    void write(ResultSet row) throws SQLException, IOException {
        Group group = new SimpleGroup(schema);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).copy().to(group, i, row);
        }
        ParquetWriter<Group> open = writer == null ? open() : writer;
        open.write(group);
        rows++;
        if (open.getDataSize() >= maxFileSize) {
            finish(open);
        }
    }

    /** Finishes the slice and returns its files in order. */
    List<UnloadFile> finished() throws IOException {
        if (writer != null) {
            finish(writer);
        }
        return finished;
    }

    private ParquetWriter<Group> open() throws IOException {
        ParquetWriter<Group> opened = ExampleParquetWriter.builder(new LocalOutputFile(path()))
                .withType(schema)
                .withConf(new Configuration(false))
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build();
        writer = opened;
        return opened;
    }

    private void finish(ParquetWriter<Group> open) throws IOException {
        open.close();
        finished.add(new UnloadFile(name(), path(), Files.size(path()), rows));
        writer = null;
        rows = 0;
    }

    private String name() {
        return names.apply(finished.size());
    }

    private Path path() {
        return folder.resolve(name());
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
