package io.github.redshiftquerylogs.lake;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** The table {@code clusters}, for one cluster. */
public final class ClusterTable {

    private final RecordTable table;

    ClusterTable(RecordTable table) {
        this.table = table;
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
