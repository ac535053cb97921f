package io.github.redshiftquerylogs.declaration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a declaration, each with the place in the file that it concerns. */
final class Findings {

    /**
     * Something that is wrong.
     *
     * @param place the path of names and indexes to the value, such as {@code columns/0/type}; that of a missing value leads
     *     to what lacks it
     * @param line the line within the value, from 1; 0 for the value as a whole
     * @param text what was found and what is expected
     */
    record Finding(String place, int line, String text) {}

    private final List<Finding> all = new ArrayList<>();

    void add(String place, String text) {
        add(place, 0, text);
    }

    void add(String place, int line, String text) {
        all.add(new Finding(place, line, text));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void checkOneOf(String place, String label, @Nullable String found, Collection<String> expected) {
        if (found == null || !expected.contains(found)) {
            add(place, label + " is " + quoted(found) + ": expected " + String.join(" or ", expected));
        }
    }

    static String quoted(@Nullable String found) {
        return found == null ? "missing" : "'" + found + "'";
    }
}
