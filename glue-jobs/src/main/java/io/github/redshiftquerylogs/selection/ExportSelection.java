package io.github.redshiftquerylogs.selection;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.ExportSet;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ExportList;
import io.github.redshiftquerylogs.settings.InvalidSettingsException;
import io.github.redshiftquerylogs.settings.ParameterNames;
import io.github.redshiftquerylogs.settings.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Selects the exports of a cluster. Lists apply one after the other: a list that includes something replaces what was
 * selected before; then it leaves out. A name counts more than a set: {@code -core,stl_query} exports {@code stl_query}.
 *
 * <p>Own exports are selected unless a list includes something else.
 *
 * @param cluster the cluster
 * @param known all exports that there are
 * @param lists the lists of the parameters, in order
 */
public record ExportSelection(ClusterName cluster, KnownExports known, List<ExportList> lists) {

    private static final int NEAREST = 3;

    /**
     * Checks the lists.
     *
     * @throws InvalidSettingsException if they name what does not exist; its message lists all problems
     */
    public ExportSelection {
        lists = List.copyOf(lists);
        List<Problem> problems = new ArrayList<>();
        for (ExportList list : lists) {
            for (String name : new TreeSet<>(names(list))) {
                if (known.complete() && ExportSet.named(name).isEmpty() && !hasName(known, name)) {
                    problems.add(new Problem(
                            list.parameter(),
                            name,
                            "names of exports, or of the sets " + String.join(", ", ExportSet.texts())
                                    + "; the nearest names are " + String.join(", ", nearest(known, name))));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static Set<String> names(ExportList list) {
        Set<String> names = new HashSet<>(list.included());
        names.addAll(list.excluded());
        return names;
    }

    private static boolean hasName(KnownExports exports, String name) {
        return exports.broken().containsKey(name)
                || exports.declarations().stream()
                        .anyMatch(export -> export.name().equals(name));
    }

    private static List<String> nearest(KnownExports exports, String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return Stream.concat(exports.declarations().stream().map(ExportDeclaration::name), ExportSet.texts().stream())
                .sorted(Comparator.<String>comparingInt(other -> distance.apply(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    /** Whether the default matters: no list includes anything. */
    public boolean needsDefault() {
        return lists.stream().allMatch(list -> list.included().isEmpty());
    }

    /**
     * What is selected.
     *
     * @param exports the exports, in the order of all exports
     * @param broken the own ones that are no declarations, by name, each with what is wrong
     */
    public record Selected(List<ExportDeclaration> exports, SortedMap<String, String> broken) {}

    /**
     * Selects.
     *
     * @param byDefault the sets that are exported where no list includes anything, without that of own exports
     * @throws InvalidSettingsException if nothing is selected
     */
    public Selected select(Set<ExportSet> byDefault) {
        Map<String, ExportSet> all = new HashMap<>();
        known.declarations().stream()
                .filter(export -> export.isFor(cluster.value()))
                .forEach(export -> all.put(export.name(), export.set()));
        known.broken().keySet().forEach(name -> all.put(name, ExportSet.OWN));
        Set<String> selected = new HashSet<>();
        all.forEach((name, set) -> {
            if (set == ExportSet.OWN || byDefault.stream().anyMatch(chosen -> chosen.contains(set))) {
                selected.add(name);
            }
        });
        for (ExportList list : lists) {
            apply(list, all, selected);
        }
        if (selected.isEmpty()) {
            throw new InvalidSettingsException(List.of(nothing(byDefault)));
        }
        SortedMap<String, String> broken = new TreeMap<>(known.broken());
        broken.keySet().retainAll(selected);
        return new Selected(
                known.declarations().stream()
                        .filter(export -> selected.contains(export.name()))
                        .toList(),
                broken);
    }

    private static void apply(ExportList list, Map<String, ExportSet> all, Set<String> selected) {
        if (!list.included().isEmpty()) {
            selected.clear();
        }
        all.forEach((name, set) -> {
            if (inSetOf(list.included(), set)) {
                selected.add(name);
            }
            if (inSetOf(list.excluded(), set)) {
                selected.remove(name);
            }
            if (list.included().contains(name)) {
                selected.add(name);
            }
            if (list.excluded().contains(name)) {
                selected.remove(name);
            }
        });
    }

    private static boolean inSetOf(Set<String> names, ExportSet declared) {
        return names.stream().flatMap(name -> ExportSet.named(name).stream()).anyMatch(set -> set.contains(declared));
    }

    private Problem nothing(Set<ExportSet> byDefault) {
        String expected = "a list that leaves at least one export, of "
                + String.join(
                        ", ",
                        known.declarations().stream()
                                .filter(export -> export.isFor(cluster.value()))
                                .map(ExportDeclaration::name)
                                .toList());
        if (!lists.isEmpty()) {
            ExportList last = lists.get(lists.size() - 1);
            return new Problem(last.parameter(), last.text(), expected);
        }
        String sets = String.join(
                ", ", byDefault.stream().sorted().map(ExportSet::text).toList());
        return Problem.missing(
                ParameterNames.exports(cluster),
                expected + "; the default of this cluster, " + sets + ", has none in this release");
    }
}
