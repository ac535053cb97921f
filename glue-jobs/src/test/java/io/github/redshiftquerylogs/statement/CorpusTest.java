package io.github.redshiftquerylogs.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of {@code src/test/resources/statements/corpus.txt}. */
class CorpusTest {

    private static final Path CORPUS = Path.of("src/test/resources/statements/corpus.txt");

    /**
     * A statement of the corpus.
     *
     * @param kindAndTarget as in the file
     */
    record Entry(String text, String kindAndTarget, String shape) {

        @Override
        public String toString() {
            return text;
        }
    }

    static List<Entry> corpus() throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = Files.readAllLines(CORPUS);
        for (int i = 0; i + 2 < lines.size(); i++) {
            if (lines.get(i).startsWith("> ")) {
                assertThat(lines.get(i + 1)).startsWith("= ");
                assertThat(lines.get(i + 2)).startsWith("~");
                entries.add(new Entry(
                        lines.get(i).substring(2),
                        lines.get(i + 1).substring(2),
                        lines.get(i + 2).substring(1).strip()));
            }
        }
        return entries;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void statementIsWhatTheCorpusSays(Entry entry) {
        Statement statement = Statement.of(entry.text());

        assertThat(kindAndTarget(statement)).isEqualTo(entry.kindAndTarget());
        assertThat(statement.shape().orElse("")).isEqualTo(entry.shape());
    }

    /** Redshift stores line breaks, tabs and returns as two characters; whether it does is not established for all. */
    @ParameterizedTest
    @MethodSource("corpus")
    void realWhiteSpaceAndPaddingChangeNothing(Entry entry) {
        String unescaped = entry.text()
                .replace("C:\\\\new", "C:")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r");

        Statement statement = Statement.of(unescaped + " ".repeat(20));

        assertThat(kindAndTarget(statement)).isEqualTo(entry.kindAndTarget());
        assertThat(statement.shape().orElse("")).isEqualTo(entry.shape());
    }

    private static String kindAndTarget(Statement statement) {
        StatementTarget target = statement.target();
        return statement.kind().label() + " | "
                + (target.equals(StatementTarget.NONE)
                        ? "-"
                        : Stream.of(part(target.database()), part(target.schema()), part(target.table()))
                                .collect(Collectors.joining("/")));
    }

    private static String part(@Nullable String name) {
        return name == null ? "-" : name;
    }

    @Test
    void corpusHasEveryKind() throws IOException {
        List<Entry> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThan(190).doesNotHaveDuplicates();
        assertThat(corpus.stream().map(entry -> entry.kindAndTarget().split(" \\| ", 2)[0]))
                .containsAll(Arrays.stream(StatementKind.values())
                        .map(StatementKind::label)
                        .toList());
    }

    /** A shape has no literal left: it is its own shape. */
    @ParameterizedTest
    @MethodSource("corpus")
    void shapeOfAShapeIsTheShape(Entry entry) {
        // of a text that is cut within a list, the parenthesis stays open; of another one nothing changes
        assertThat(Statement.of(entry.shape()).shape().orElse("")).isEqualTo(entry.shape());
    }
}
