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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Selects the exports of a cluster. Lists apply one after the other: a list that includes something replaces what was
 * selected before; then it leaves out. A name counts more than a set: {@code -core,stl_query} exports {@code stl_query}.
 *
 * @param cluster the cluster
 * @param known all exports that there are
 * @param lists the lists of the parameters, in order
 */
public record ExportSelection(ClusterName cluster, List<ExportDeclaration> known, List<ExportList> lists) {

    private static final int NEAREST = 3;

    /**
     * Checks the lists.
     *
     * @throws InvalidSettingsException if they name what does not exist; its message lists all problems
     */
    public ExportSelection {
        known = List.copyOf(known);
        lists = List.copyOf(lists);
        List<Problem> problems = new ArrayList<>();
        for (ExportList list : lists) {
            for (String name : new TreeSet<>(names(list))) {
                if (ExportSet.named(name).isEmpty() && !hasName(known, name)) {
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

    private static boolean hasName(List<ExportDeclaration> exports, String name) {
        return exports.stream().anyMatch(export -> export.name().equals(name));
    }

    private static List<String> nearest(List<ExportDeclaration> exports, String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return Stream.concat(exports.stream().map(ExportDeclaration::name), ExportSet.texts().stream())
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
     * The selected exports, in the order of all exports.
     *
     * @param byDefault the sets that are exported where no list includes anything
     * @throws InvalidSettingsException if nothing is selected
     */
    public List<ExportDeclaration> exports(Set<ExportSet> byDefault) {
        Set<String> selected = new HashSet<>();
        known.stream()
                .filter(export -> byDefault.stream().anyMatch(set -> set.contains(export.set())))
                .forEach(export -> selected.add(export.name()));
        for (ExportList list : lists) {
            apply(list, selected);
        }
        if (selected.isEmpty()) {
            throw new InvalidSettingsException(List.of(nothing(byDefault)));
        }
        return known.stream().filter(export -> selected.contains(export.name())).toList();
    }

    private void apply(ExportList list, Set<String> selected) {
        if (!list.included().isEmpty()) {
            selected.clear();
        }
        for (ExportDeclaration export : known) {
            if (inSetOf(list.included(), export)) {
                selected.add(export.name());
            }
            if (inSetOf(list.excluded(), export)) {
                selected.remove(export.name());
            }
            if (list.included().contains(export.name())) {
                selected.add(export.name());
            }
            if (list.excluded().contains(export.name())) {
                selected.remove(export.name());
            }
        }
    }

    private static boolean inSetOf(Set<String> names, ExportDeclaration export) {
        return names.stream()
                .flatMap(name -> ExportSet.named(name).stream())
                .anyMatch(set -> set.contains(export.set()));
    }

    private Problem nothing(Set<ExportSet> byDefault) {
        String expected = "a list that leaves at least one export, of "
                + String.join(", ", known.stream().map(ExportDeclaration::name).toList());
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
