package io.github.redshiftquerylogs.orchestrator.monitor;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exports of a cluster, as its last run stored them; pure.
 *
 * @param since the selected logs, each with the time since when
 * @param snapshots the selected snapshot exports, which have no watermark
 * @param refused those that the database user may not read
 * @param absent those that the source does not have
 */
public record SelectedExports(
        Map<String, Instant> since, Set<String> snapshots, Set<String> refused, Set<String> absent) {

    /** Whether there is nothing that could be behind. */
    boolean haveNoLogs() {
        return since.isEmpty() && !snapshots.isEmpty();
    }

    /** The logs that are read. */
    Set<String> readable() {
        Set<String> readable = new TreeSet<>(since.keySet());
        readable.removeAll(refused);
        readable.removeAll(absent);
        return readable;
    }
}
