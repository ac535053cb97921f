package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.selection.DefaultExports;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is stored about the exports of a cluster.
 *
 * @param byDefault what it exports by default; empty before that was decided
 * @param selected the selected logs, each with the time since when
 * @param snapshots the selected snapshot exports, which have no watermark, likewise
 * @param refused those of them that the user may not read, each with what is expected
 * @param absent those of them that the source does not have, each with the time when it was asked last
 * @param lost what is stored but not usable, for a user: it counts as lost
 */
public record ClusterExports(
        Optional<DefaultExports> byDefault,
        Map<String, Instant> selected,
        Map<String, Instant> snapshots,
        Map<String, String> refused,
        Map<String, Instant> absent,
        List<String> lost) {

    /** The exports of a cluster for which nothing is stored. */
    public static final ClusterExports NOTHING =
            new ClusterExports(Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    public ClusterExports {
        selected = Map.copyOf(selected);
        snapshots = Map.copyOf(snapshots);
        refused = Map.copyOf(refused);
        absent = Map.copyOf(absent);
        lost = List.copyOf(lost);
    }

    /** The same exports with a decided default; nothing is lost any more. */
    public ClusterExports decided(DefaultExports decision) {
        return new ClusterExports(Optional.of(decision), selected, snapshots, refused, absent, List.of());
    }

    /**
     * The exports after a selection: those that were selected before keep their time, and what is known of those that are
     * not selected any more is forgotten.
     *
     * @param logs the logs that are selected now
     * @param taken the snapshot exports that are selected now
     */
    public ClusterExports select(List<String> logs, List<String> taken, Instant now) {
        Set<String> names = new HashSet<>(logs);
        names.addAll(taken);
        return new ClusterExports(
                byDefault,
                since(logs, selected, now),
                since(taken, snapshots, now),
                only(refused, names),
                only(absent, names),
                lost);
    }

    private static Map<String, Instant> since(List<String> names, Map<String, Instant> before, Instant now) {
        Map<String, Instant> since = new TreeMap<>();
        names.forEach(name -> since.put(name, before.getOrDefault(name, now)));
        return since;
    }

    /** The same selection, of which these exports cannot be read. */
    public ClusterExports unavailable(Map<String, String> nowRefused, Map<String, Instant> nowAbsent) {
        return new ClusterExports(byDefault, selected, snapshots, nowRefused, nowAbsent, lost);
    }

    private static <V> Map<String, V> only(Map<String, V> all, Set<String> names) {
        Map<String, V> some = new TreeMap<>(all);
        some.keySet().retainAll(names);
        return some;
    }
}
