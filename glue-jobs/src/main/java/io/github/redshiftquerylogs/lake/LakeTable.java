package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table of the lake, seen by the export of one cluster. */
public final class LakeTable {

    private static final Logger LOG = LoggerFactory.getLogger(LakeTable.class);
    private static final int SCHEMA_ATTEMPTS = 10;

    private final Table table;
    private final ClusterName cluster;
    private final ExportDeclaration declaration;
    private final FencedAppend append;

    LakeTable(Table table, ClusterName cluster, ExportDeclaration declaration) {
        this.table = table;
        this.cluster = cluster;
        this.declaration = declaration;
        this.append = new FencedAppend(table, cluster);
    }

    /**
     * Looks at the table as it is now.
     *
     * @param hint a time that the cluster is likely to have reached
     */
    public LakePosition position(Optional<LocalDateTime> hint) {
        table.refresh();
        return new ClusterRows(table, cluster).position(hint);
    }

    /**
     * Makes room for the columns of a source in the table as it was when it was last looked at: adds the new ones, widens
     * types. Others may do the same at the same time; a refused change is planned again on what they did.
     *
     * @return what a user should know of it
     * @throws io.github.redshiftquerylogs.failure.SourceException if a column has the name of one of the lake's own, or another one's
     */
    public List<String> adapt(List<SourceColumn> source) {
        for (int attempt = 1; ; attempt++) {
            SchemaChange change = SchemaChange.plan(LakeColumns.columns(table.schema()), source, declaration);
            if (change.isNone()) {
                return change.notes();
            }
            try {
                UpdateSchema update = table.updateSchema();
                change.added().forEach(added -> update.addColumn(added.name(), LakeColumns.icebergType(added.type())));
                change.widened()
                        .forEach(wide -> update.updateColumn(wide.name(), LakeColumns.icebergType(wide.type())));
                update.commit();
            } catch (CommitFailedException | ValidationException e) {
                if (attempt == SCHEMA_ATTEMPTS) {
                    throw e;
                }
                LOG.warn(
                        "{}: the new columns of {} were refused, trying again: {}",
                        cluster,
                        table.name(),
                        e.getMessage());
                table.refresh();
            }
        }
    }

    /** A copy of the table, as it is now, that writes data files of the cluster. */
    public LakeWriter writer() {
        return LakeWriter.of(table, cluster);
    }

    /** Reads and writes files in the storage of the table. */
    public FileIO io() {
        return table.io();
    }

    /** Deletes files that no commit will have, as far as it goes. */
    public void discard(List<WrittenFiles> written) {
        append.discard(written.stream().flatMap(files -> files.files().stream()).toList());
    }

    /** Appends what was written, if nobody else has appended for this cluster since {@code base}. */
    public AppendResult append(LakePosition base, WrittenFiles written, Map<String, String> evidence) {
        return append.commit(base, written.files(), evidence);
    }
}
