package io.github.redshiftquerylogs.ddl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of {@code src/test/resources/expected}: for a view, the query in lines that begin with {@code ?}; then a line with
 * the column names and one line per row, with cells separated by {@code " | "}. {@code D-5} is the day five days ago,
 * {@code M-5} the first day of its month; a line break within a cell is {@code ↵}, ten or more dashes are {@code -…-}, and zeros after the seconds are left out.
 *
 * @param question the query, empty if the file belongs to a query of this module
 * @param answer the remaining lines, with real days
 */
record ExpectedAnswer(String question, String answer) {

    static final Path FOLDER = ModuleFiles.MODULE.resolve("src/test/resources/expected");

    private static final Pattern DAY = Pattern.compile("\\b([DM])-(\\d+)\\b");

    /** The names of the files in a folder below {@link #FOLDER}: queries or views. */
    static List<String> names(String kind) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.txt$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER.resolve(kind), e);
        }
    }

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
        return DAY.matcher(text).replaceAll(token -> {
            LocalDate day = today.minusDays(Integer.parseInt(token.group(2)));
            return (token.group(1).equals("M") ? day.withDayOfMonth(1) : day).toString();
        });
    }
}
