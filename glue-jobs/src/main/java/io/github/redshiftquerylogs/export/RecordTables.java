package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.count.RowCounts;
import io.github.redshiftquerylogs.lake.ClusterRecord;
import io.github.redshiftquerylogs.lake.TableDefinition;
import io.github.redshiftquerylogs.querydays.QueryDays;
import io.github.redshiftquerylogs.seal.SealedDays;
import io.github.redshiftquerylogs.snapshot.SnapshotNote;
import java.util.List;

/** The tables to which the job writes records of its own, beside the exported ones. */
public final class RecordTables {

    private RecordTables() {}

    /** Their definitions; the DDL is rendered from them. */
    public static List<TableDefinition> definitions() {
        return List.of(
                ClusterRecord.table(),
                ExportStates.definition(),
                ExportDays.definition(),
                QueryDays.definition(),
                RowCounts.definition(),
                SealedDays.definition(),
                SnapshotNote.table());
    }
}
