package io.github.redshiftquerylogs.ddl;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of {@code src/test/resources/expected}: for a view, lines with the question, begun by {@code ?}; then a line of
 * column names and a line a row, cells parted by {@code " | "}. {@code D-5} is the day five days ago; a line break within a
 * cell is {@code ↵}, ten and more dashes are {@code -…-}, and zeros after the seconds are left out.
 *
 * @param question what is asked, if it is not a query of its own
 * @param answer the rest, with real days
 */
record ExpectedAnswer(String question, String answer) {

    static final Path FOLDER = SqlFile.MODULE.resolve("src/test/resources/expected");

    private static final Pattern DAY = Pattern.compile("\\bD-(\\d+)\\b");

    static ExpectedAnswer of(Path file, LocalDate today) {
        String text = withDays(SqlFile.read(FOLDER.resolve(file)).text(), today);
        return new ExpectedAnswer(
                text.lines()
                        .filter(line -> line.startsWith("? "))
                        .map(line -> line.substring(2))
                        .collect(Collectors.joining("\n")),
                text.lines().filter(line -> !line.startsWith("? ")).collect(Collectors.joining("\n")));
    }

    static String asText(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ExpectedAnswer::cell).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining("\n"));
    }

    private static String cell(String value) {
        return value.replace("\n", "↵").replaceAll("-{10,}", "-…-").replaceAll("(\\d\\d:\\d\\d:\\d\\d)\\.0+$", "$1");
    }

    private static String withDays(String text, LocalDate today) {
        return DAY.matcher(text)
                .replaceAll(day -> Matcher.quoteReplacement(
                        today.minusDays(Integer.parseInt(day.group(1))).toString()));
    }
}
