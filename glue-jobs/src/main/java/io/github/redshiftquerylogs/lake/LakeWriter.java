package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.io.Serializable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;

/**
 * A copy of a lake table that travels to Spark tasks and writes data files of one cluster there. Files become part of the
 * table only by {@link LakeTable#append}.
 *
 * @param table the copy, with the schema of the time when it was taken
 * @param clusterName the value of {@code cluster_name} in each row
 */
public record LakeWriter(Table table, String clusterName) implements Serializable {

    static LakeWriter of(Table table, ClusterName cluster) {
        return new LakeWriter(SerializableTable.copyOf(table), cluster.value());
    }

    /** The columns of the table. */
    public Schema schema() {
        return table.schema();
    }

    /** Reads and writes files in the storage of the table. */
    public FileIO io() {
        return table.io();
    }

    /**
     * Starts a set of data files.
     *
     * @param partition number of the Spark partition, part of the file names
     * @param attempt number of the Spark task attempt, part of the file names
     */
    public LakeFiles newFiles(int partition, long attempt) {
        return new LakeFiles(table, partition, attempt);
    }
}
