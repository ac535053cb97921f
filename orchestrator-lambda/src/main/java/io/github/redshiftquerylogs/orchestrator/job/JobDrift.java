package io.github.redshiftquerylogs.orchestrator.job;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Differences between a job in Glue and its definition; pure. */
public final class JobDrift {

    private static final String ARN = "arn:";

    private JobDrift() {}

    /**
     * Sorted names of the settings that differ, are missing or were added. Without values: an argument that was set by
     * hand may contain a secret.
     *
     * @param actual settings of the job, as in {@link JobDefinition#settings}
     */
    static List<String> between(JobDefinition wanted, Map<String, String> actual) {
        Map<String, String> expected = wanted.settings();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        return names.stream()
                .filter(name -> !same(name, expected.getOrDefault(name, ""), actual.getOrDefault(name, "")))
                .toList();
    }

    private static boolean same(String name, String expected, String actual) {
        return expected.equals(actual) || (name.equals(JobDefinition.ROLE) && sameRole(expected, actual));
    }

    /** A role is set by name or ARN, and Glue may return either. */
    private static boolean sameRole(String expected, String actual) {
        return expected.startsWith(ARN) != actual.startsWith(ARN)
                && roleName(expected).equals(roleName(actual));
    }

    private static String roleName(String role) {
        return role.substring(role.lastIndexOf('/') + 1);
    }
}
