package io.github.redshiftquerylogs.settings;

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

    /**
     * Parses the list. Where it may contain a password, the entries from there on are one invalid entry, which is not
     * shown: a password may contain commas.
     */
    static EnabledClusters parse(String list) {
        List<String> entries = List.of(list.split(",", -1));
        int readable = firstSecret(entries);
        SortedSet<ClusterName> legal = new TreeSet<>();
        SortedMap<String, List<Problem>> refused = new TreeMap<>();
        entries.subList(0, readable).stream()
                .map(ParameterText::trim)
                .filter(name -> !name.isEmpty())
                .forEach(name -> ClusterName.of(name)
                        .ifPresentOrElse(
                                cluster -> legal.add(cluster), () -> refused.put(name, List.of(refusal(name)))));
        if (readable < entries.size()) {
            refused.put(
                    Problem.HIDDEN,
                    List.of(
                            new Problem(
                                    ParameterNames.ENABLED_CLUSTER_LIST,
                                    Problem.HIDDEN,
                                    "names of clusters, no password and no address that may contain one; entries after it are ignored")));
        }
        return new EnabledClusters(legal, refused);
    }

    /** Index of the entry at which a secret may begin; the number of entries if there is none. */
    private static int firstSecret(List<String> entries) {
        if (!mayContainSecret(entries)) {
            return entries.size();
        }
        int end = 1;
        while (!mayContainSecret(entries.subList(0, end))) {
            end++;
        }
        int start = end - 1;
        while (!mayContainSecret(entries.subList(start, end))) {
            start--;
        }
        return start;
    }

    private static boolean mayContainSecret(List<String> entries) {
        return SecretDetector.mayContainSecret(String.join(",", entries));
    }

    private static Problem refusal(String name) {
        String expected = ClusterName.expectedFor(name)
                + ParameterText.invisible(name)
                        .map(character -> "; it contains " + character)
                        .orElse("");
        return new Problem(ParameterNames.ENABLED_CLUSTER_LIST, name, expected);
    }
}
