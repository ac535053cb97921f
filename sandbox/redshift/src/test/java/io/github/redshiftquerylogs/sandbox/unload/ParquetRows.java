package io.github.redshiftquerylogs.sandbox.unload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The content of a Parquet file.
 *
 * @param schema its columns
 * @param rows its records
 * @param codec how its first column is compressed
 */
public record ParquetRows(MessageType schema, List<Group> rows, CompressionCodecName codec) {

    /** Reads a local file. */
    public static ParquetRows of(Path file) throws IOException {
        HadoopInputFile input =
                HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<Group> rows = new ArrayList<>();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(records.read());
                }
            }
            CompressionCodecName codec =
                    reader.getFooter().getBlocks().get(0).getColumns().get(0).getCodec();
            return new ParquetRows(schema, rows, codec);
        }
    }
}
