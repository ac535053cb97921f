package io.github.redshiftquerylogs.orchestrator.job;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How a job in Glue differs from its definition; pure. */
public final class JobDrift {

    private static final String ARN = "arn:";

    private JobDrift() {}

    /**
     * Names of the settings that differ, are missing or were added, sorted. Names only: what somebody wrote into an
     * argument by hand may be a secret.
     *
     * @param actual as {@link JobDefinition#settings}
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

    /** A role is given by its name or its ARN, and either may come back. */
    private static boolean sameRole(String expected, String actual) {
        return expected.startsWith(ARN) != actual.startsWith(ARN)
                && roleName(expected).equals(roleName(actual));
    }

    private static String roleName(String role) {
        return role.substring(role.lastIndexOf('/') + 1);
    }
}
