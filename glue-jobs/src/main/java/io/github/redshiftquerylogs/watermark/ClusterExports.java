package io.github.redshiftquerylogs.watermark;

import io.github.redshiftquerylogs.selection.DefaultExports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is stored about the exports of a cluster.
 *
 * @param byDefault what it exports by default; empty before that was decided
 * @param selected the selected exports, each with the time since when
 * @param refused those of them that the user may not read, each with what is expected
 * @param absent those of them that the source does not have, each with the time when it was asked last
 * @param lost what is stored but not usable, for a user: it counts as lost
 */
public record ClusterExports(
        Optional<DefaultExports> byDefault,
        Map<String, Instant> selected,
        Map<String, String> refused,
        Map<String, Instant> absent,
        List<String> lost) {

    /** The exports of a cluster for which nothing is stored. */
    public static final ClusterExports NOTHING =
            new ClusterExports(Optional.empty(), Map.of(), Map.of(), Map.of(), List.of());

    public ClusterExports {
        selected = Map.copyOf(selected);
        refused = Map.copyOf(refused);
        absent = Map.copyOf(absent);
        lost = List.copyOf(lost);
    }

    /** The same exports with a decided default; nothing is lost any more. */
    public ClusterExports decided(DefaultExports decision) {
        return new ClusterExports(Optional.of(decision), selected, refused, absent, List.of());
    }

    /**
     * The exports after a selection: those that were selected before keep their time, and what is known of those that are
     * not selected any more is forgotten.
     *
     * @param names the exports that are selected now
     */
    public ClusterExports select(List<String> names, Instant now) {
        Map<String, Instant> since = new TreeMap<>();
        names.forEach(name -> since.put(name, selected.getOrDefault(name, now)));
        return new ClusterExports(byDefault, since, only(refused, since), only(absent, since), lost);
    }

    /** The same selection, of which these exports cannot be read. */
    public ClusterExports unavailable(Map<String, String> nowRefused, Map<String, Instant> nowAbsent) {
        return new ClusterExports(byDefault, selected, nowRefused, nowAbsent, lost);
    }

    private static <V> Map<String, V> only(Map<String, V> all, Map<String, Instant> names) {
        Map<String, V> some = new TreeMap<>(all);
        some.keySet().retainAll(names.keySet());
        return some;
    }
}
