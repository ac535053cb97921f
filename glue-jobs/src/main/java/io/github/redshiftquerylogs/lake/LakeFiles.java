package io.github.redshiftquerylogs.lake;

import java.io.IOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitionedFanoutWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data files of a lake table that are being written; not yet part of the table. */
public final class LakeFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LakeFiles.class);
    private static final long TARGET_BYTES = 512L << 20;

    private final PartitionedFanoutWriter<Record> writer;

    LakeFiles(Table table, int partition, long attempt) {
        OutputFileFactory names = OutputFileFactory.builderFor(table, partition, attempt)
                .format(FileFormat.PARQUET)
                // unique names, independent of the numbers of Spark tasks
                .operationId(UUID.randomUUID().toString())
                .build();
        GenericAppenderFactory appenders =
                new GenericAppenderFactory(table.schema(), table.spec()).setAll(table.properties());
        this.writer = new Writer(table.spec(), appenders, names, table.io(), table.schema());
    }

    /** Writes a row into the file of its partition. */
    public void write(Record row) throws IOException {
        writer.write(row);
    }

    /** Closes the files and returns them; none if there was no row. */
    public DataFile[] complete() throws IOException {
        return writer.complete().dataFiles();
    }

    /** Closes and deletes the files. */
    public void abort() {
        try {
            writer.abort();
        } catch (IOException e) {
            // the failure that led here matters more; files that stay are not part of any table
            LOG.warn("cannot delete unneeded files", e);
        }
    }

    private static final class Writer extends PartitionedFanoutWriter<Record> {
        private final PartitionKey key;
        private final InternalRecordWrapper wrapper;

        Writer(
                PartitionSpec spec,
                GenericAppenderFactory appenders,
                OutputFileFactory names,
                FileIO io,
                Schema schema) {
            super(spec, FileFormat.PARQUET, appenders, names, io, TARGET_BYTES);
            this.key = new PartitionKey(spec, schema);
            this.wrapper = new InternalRecordWrapper(schema.asStruct());
        }

        @Override
        protected PartitionKey partition(Record row) {
            key.partition(wrapper.wrap(row));
            return key;
        }
    }
}
