package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
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
     * Appends a record if it differs from the cluster's last one. If the append is refused because of a concurrent one,
     * the next run compares again.
     *
     * @param seenAt when the metadata was current, UTC
     * @return whether a row was appended
     */
    public boolean record(ClusterRecord state, LocalDateTime seenAt, Map<String, String> evidence) {
        LakePosition base = table.position();
        Optional<LocalDateTime> newest = base.maxLogTime();
        if (newest.isPresent() && (!seenAt.isAfter(newest.get()) || !differs(state, base, newest.get()))) {
            return false;
        }
        return table.append(base, seenAt, List.of(state.values()), evidence) instanceof AppendResult.Committed;
    }

    private boolean differs(ClusterRecord state, LakePosition base, LocalDateTime newest) {
        return table.records(base, newest).stream().anyMatch(state::differsFrom);
    }
}
