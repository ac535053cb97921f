package io.github.redshiftquerylogs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** A lake that tests look into. */
public interface TestingLake {

    /** The lake in one database. */
    Lake lake(String database);

    /** A table that exists, freshly loaded. */
    Table load(String database, String name);

    /** All rows of a table. */
    default List<Record> rows(String database, String name) {
        return rows(load(database, name));
    }

    /** All rows of a table. */
    static List<Record> rows(Table table) {
        List<Record> all = new ArrayList<>();
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
            rows.forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
