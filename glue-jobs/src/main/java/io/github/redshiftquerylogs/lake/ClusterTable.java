package io.github.redshiftquerylogs.lake;

import io.github.redshiftquerylogs.declaration.SourceQuery;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code clusters}, for one cluster. */
public final class ClusterTable {

    private final RecordTable table;

    ClusterTable(RecordTable table) {
        this.table = table;
    }

    /**
     * The sources that were exported under the cluster's name.
     *
     * @param last the present one; empty if none is known
     * @param since since when, UTC; empty if it is the first one, or has been for longer than was asked
     */
    public record Sources(Optional<SourceIdentity> last, Optional<LocalDateTime> since) {

        /** Nothing is known. */
        public static final Sources UNKNOWN = new Sources(Optional.empty(), Optional.empty());
    }

    /**
     * The sources that the table names.
     *
     * @param since a change before it need not be found, UTC
     */
    public Sources sources(LocalDateTime since) {
        LakePosition base = table.position();
        Optional<LocalDateTime> newest = base.maxLogTime();
        if (newest.isEmpty()) {
            return Sources.UNKNOWN;
        }
        // without a row since then there was no change, and the last row is enough
        List<Map<String, Object>> rows =
                table.records(base, newest.get().isBefore(since) ? newest.get() : SourceQuery.BEGINNING);
        List<Map<String, Object>> ordered =
                rows.stream().sorted(Comparator.comparing(ClusterTable::seenAt)).toList();
        Optional<SourceIdentity> last = Optional.empty();
        Optional<LocalDateTime> changed = Optional.empty();
        for (Map<String, Object> row : ordered) {
            if (row.get(ClusterRecord.SOURCE_IDENTITY) instanceof String text) {
                SourceIdentity identity = new SourceIdentity(text);
                if (last.filter(before -> !before.isSame(identity)).isPresent()) {
                    changed = Optional.of(seenAt(row));
                }
                last = Optional.of(identity);
            }
        }
        return new Sources(last, changed);
    }

    private static LocalDateTime seenAt(Map<String, Object> row) {
        return row.get(LakeColumns.LOG_TIME) instanceof LocalDateTime time ? time : SourceQuery.BEGINNING;
    }

    /**
     * Appends a record if it differs from the cluster's last one.
     *
     * @param seenAt when the metadata was current, UTC
     * @return whether a row was appended
     */
    public boolean record(ClusterRecord state, LocalDateTime seenAt, Map<String, String> evidence) {
        return table.appendIfChanged(
                seenAt, List.of(state.values()), last -> last.stream().anyMatch(state::differsFrom), evidence);
    }
}
