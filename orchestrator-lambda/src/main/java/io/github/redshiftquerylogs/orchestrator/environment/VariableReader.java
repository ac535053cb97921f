package io.github.redshiftquerylogs.orchestrator.environment;

import io.github.redshiftquerylogs.settings.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads environment variables and collects all problems. An empty variable counts as not set. */
final class VariableReader {

    private static final Pattern VPC = Pattern.compile("vpc-[0-9a-z]+");

    private final Map<String, String> variables;
    private final List<Problem> problems = new ArrayList<>();

    VariableReader(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * A variable's format.
     *
     * @param valid pattern of valid values
     * @param expected description of valid values, for users
     */
    record Format(Pattern valid, String expected) {

        static Format of(String regex, String expected) {
            return new Format(Pattern.compile(regex), expected);
        }
    }

    List<Problem> problems() {
        return problems;
    }

    /** The value of a variable; empty, with a problem, if it is not set or invalid. */
    String required(String name, Format format) {
        String value = value(name);
        if (value.isEmpty()) {
            problems.add(Problem.missing(name, format.expected()));
            return "";
        }
        return valid(name, value, format) ? value : "";
    }

    /** The value of a variable; the default if it is not set or, with a problem, invalid. */
    String optional(String name, String defaultValue, Format format) {
        String value = value(name);
        return !value.isEmpty() && valid(name, value, format) ? value : defaultValue;
    }

    /**
     * Lists by VPC, {@code vpc-1=one,two;vpc-2=three}; empty, with a problem, if any part is invalid.
     *
     * @param format format of a list's items; describes the whole variable
     */
    <T> Map<String, List<T>> byVpc(String name, Format format, Function<String, T> parse) {
        String value = value(name);
        Map<String, List<T>> byVpc = new TreeMap<>();
        for (String entry : value.isEmpty() ? new String[0] : value.split(";", -1)) {
            String[] sides = entry.trim().split("=", 2);
            List<String> items = List.of(sides[sides.length - 1].split(",", -1));
            if (sides.length < 2
                    || !VPC.matcher(sides[0]).matches()
                    || byVpc.containsKey(sides[0])
                    || !items.stream().allMatch(format.valid().asMatchPredicate())) {
                problems.add(new Problem(name, value, format.expected()));
                return Map.of();
            }
            byVpc.put(sides[0], items.stream().map(parse).toList());
        }
        return Collections.unmodifiableMap(byVpc);
    }

    private String value(String name) {
        return variables.getOrDefault(name, "").trim();
    }

    private boolean valid(String name, String value, Format format) {
        if (format.valid().matcher(value).matches()) {
            return true;
        }
        problems.add(new Problem(name, value, format.expected()));
        return false;
    }
}
