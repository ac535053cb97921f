package io.github.redshiftquerylogs.sandbox.contracts;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page {@code docs/contracts.md}. Its examples are fenced blocks with a name after the language; names are in backquotes
 * in the first column of tables.
 *
 * @param text all of it
 */
record ContractsPage(String text) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static ContractsPage read() {
        try {
            return new ContractsPage(Files.readString(Packages.root().resolve("docs/contracts.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example with a name. */
    String block(String name) {
        Matcher matcher = Pattern.compile("^```\\w+ " + name + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("docs/contracts.md has no block '" + name + "'");
        }
        return matcher.group(1);
    }

    /** The example with a name as names and values, in its order. */
    Map<String, String> properties(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        block(name).lines().forEach(line -> {
            Properties one = new Properties();
            try {
                one.load(new StringReader(line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            one.forEach((key, value) -> values.put(key.toString(), value.toString()));
        });
        return values;
    }

    /** The text below a heading, until the next heading of the same or a higher level. */
    String section(String heading) {
        int level = heading.indexOf(' ');
        Matcher matcher = Pattern.compile(
                        "^" + Pattern.quote(heading) + "\\n(.*?)(?=^#{2," + level + "} |\\z)",
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("docs/contracts.md has no heading '" + heading + "'");
        }
        return matcher.group(1);
    }

    /** The texts in backquotes in a column of the tables of a section. */
    Set<String> names(String heading, int column) {
        Set<String> names = new TreeSet<>();
        rows(heading).forEach(row -> {
            Matcher code = CODE.matcher(row.get(column));
            while (code.find()) {
                names.add(code.group(1));
            }
        });
        return names;
    }

    /** The rows of the tables of a section, cell by cell. */
    List<List<String>> rows(String heading) {
        return section(heading)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("|---"))
                .map(line -> List.of(line.substring(1, line.length() - 1).split("\\|", -1)))
                .map(row -> row.stream().map(String::strip).toList())
                .toList();
    }
}
