package io.github.redshiftquerylogs.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of exports as a parameter has it: names of exports and of sets of exports, separated by commas, each with
 * {@code -} in front to leave it out, such as {@code stl,names,-stl_scan}. Which names exist is not known here.
 *
 * @param parameter the parameter that has the list, for messages
 * @param included what is exported; empty if the list only leaves out, so that it applies to what is exported without it
 * @param excluded what is left out
 */
public record ExportList(String parameter, Set<String> included, Set<String> excluded) {

    static final String EXPECTED = "names of exports and of sets (such as core, stl, sys, names, states), separated by"
            + " commas, each with '-' in front to leave it out";

    private static final Pattern ENTRY = Pattern.compile("-?[a-z][a-z0-9_-]{0,126}");

    public ExportList {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
    }

    /** The list of a value without {@linkplain #objection objection}; of another one, its legal entries. */
    public static ExportList parse(String parameter, String value) {
        Set<String> included = new LinkedHashSet<>();
        Set<String> excluded = new LinkedHashSet<>();
        entries(value).filter(ENTRY.asMatchPredicate()).forEach(entry -> {
            if (entry.startsWith("-")) {
                excluded.add(entry.substring(1));
            } else {
                included.add(entry);
            }
        });
        return new ExportList(parameter, included, excluded);
    }

    /** All that is wrong with a value, as far as it can be told without knowing the exports; empty if nothing is. */
    static Optional<String> objection(String value) {
        List<String> objections = new ArrayList<>();
        List<String> entries = entries(value).toList();
        if (entries.isEmpty()) {
            objections.add("it has no entry");
        }
        entries.stream()
                .filter(ENTRY.asMatchPredicate().negate())
                .forEach(entry -> objections.add("'" + entry + "' is not a name"));
        ExportList list = parse("", value);
        list.included().stream()
                .filter(list.excluded()::contains)
                .sorted()
                .forEach(name -> objections.add("'" + name + "' is both exported and left out"));
        return objections.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", objections));
    }

    /** The list as text, its entries sorted. */
    public String text() {
        return Stream.concat(
                        included.stream().sorted(), excluded.stream().sorted().map(name -> "-" + name))
                .collect(Collectors.joining(","));
    }

    private static Stream<String> entries(String value) {
        return Arrays.stream(value.split(",", -1)).map(ParameterText::trim).filter(entry -> !entry.isEmpty());
    }
}
