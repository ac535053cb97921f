package io.github.redshiftquerylogs.settings;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parsed list of enabled clusters; without blanks around names, empty entries and duplicates.
 *
 * @param legal the valid names, sorted
 * @param refused the invalid entries, each with its problem
 */
record EnabledClusters(SortedSet<ClusterName> legal, SortedMap<String, List<Problem>> refused) {

    static EnabledClusters parse(String list) {
        SortedSet<ClusterName> legal = new TreeSet<>();
        SortedMap<String, List<Problem>> refused = new TreeMap<>();
        Arrays.stream(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .forEach(name -> ClusterName.of(name)
                        .ifPresentOrElse(
                                cluster -> legal.add(cluster), () -> refused.put(name, List.of(refusal(name)))));
        return new EnabledClusters(legal, refused);
    }

    private static Problem refusal(String name) {
        return new Problem(ParameterNames.ENABLED_CLUSTER_LIST, name, ClusterName.expectedFor(name));
    }
}
