package io.github.redshiftquerylogs.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

    private static String shape(String text) {
        return Statement.of(text).shape().orElse("(none)");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "select 1 from f where name = 'Smith'~select 1 from f where name = 'O''Brien'",
                "select 1 from f where p = 1e5~select 1 from f where p = 2e7",
                "select 1 from f where p = 1e5~select 1 from f where p = 12.5E-3",
                "select 1 from f where r = -3~select 1 from f where r = 4",
                "select 1 from f\\twhere g = 1~select 1 from f where g = 2",
                "select 1 from f where name = 'Smith' and d = 1.5~select 1 from f where name = 'Miller' and d = 2.75",
                "select 1 from f where a in (1, 2)~select 1 from f where a in (3, 4, 5)",
                "select 1 from f where n = 'it\\'s'~select 1 from f where n = E'x'",
                "select 1 from f where n = $$a'b$$~select 1 from f where n = 'b'",
                "select 1 from f where p = .5~select 1 from f where p = 1.5",
                "select 1 from f where p = 0x10~select 1 from f where p = 0x1F",
                "select 0 from f limit 9~select 5 from f limit 5",
                "-1~1",
                "unload ('select 1\\nfrom f') to 's3://b'~unload ('select 1 from f') to 's3://b'",
                "select 1 from f /* run 1 */~/* run 2 */ SELECT 1\\r\\nFROM f;"
            })
    void statementsThatDifferInLiteralsHaveOneShape(String one, String other) {
        assertThat(shape(one)).isEqualTo(shape(other));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "select a from f~select b from f",
                "select \"a b\" from f~select \"a c\" from f",
                "select a from f1~select a from f2",
                "select a - 1 from f~select a + 1 from f",
                "select a from f where x = 1~select a from f where x in (1)",
                "unload ('select * from a') to 's3://b'~unload ('select * from b') to 's3://b'"
            })
    void statementsThatDifferInMoreHaveTwo(String one, String other) {
        assertThat(shape(one)).isNotEqualTo(shape(other));
    }

    @Test
    void symbolsStayAsTheyStand() {
        assertThat(shape("select a<<2 from f")).isEqualTo("select a << ? from f");
        assertThat(shape("select \"t\".1 from f")).isEqualTo("select \"t\".? from f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "_", "#t", "\u0080", "x0", "x9", "x$"})
    void everyLetterBeginsAName(String name) {
        assertThat(Statement.of("drop table " + name + " cascade").target().table())
                .isEqualTo(name.toLowerCase(Locale.ROOT));
    }

    /** The last four bytes before the cut may belong to a character that did not fit. */
    @Test
    void namesAreTrustedUpToFourBytesBeforeTheCut() {
        for (String filler : List.of("-", "ü")) {
            int bytes = filler.getBytes(StandardCharsets.UTF_8).length;
            String begin = "/*" + filler.repeat(3900 / bytes) + "*/ drop table ";
            String name = "x".repeat(Statement.STORED_BYTES - 4 - begin.getBytes(StandardCharsets.UTF_8).length);
            assertThat(Statement.of(begin + name).target().table()).isEqualTo(name);
            assertThat(Statement.of(begin + name + "x").target()).isEqualTo(StatementTarget.NONE);
        }
    }

    /** Redshift cuts at 4,000 bytes; what is cut off is not known, and a name at the cut may go on. */
    @Test
    void nameAtTheCutIsNotTrusted() {
        String comment = "/*" + "-".repeat(3970) + "*/ insert into ";
        String cut = comment + "analyt";
        String shorter = comment.replace("-----------", "") + "analyt";
        assertThat(cut.length()).isBetween(3990, 4000);

        String full = (cut + "ics.orders select 1").substring(0, 4000);
        assertThat(Statement.of(full).kind()).isEqualTo(StatementKind.INSERT);
        assertThat(Statement.of(full).target()).isEqualTo(StatementTarget.NONE);
        assertThat(Statement.of(shorter).target()).isEqualTo(new StatementTarget(null, null, "analyt"));
    }

    @Test
    void nameAtTheCutOfATextWithLongCharactersIsNotTrusted() {
        String comment = "/*" + "ü".repeat(1987) + "*/ insert into ";
        Statement statement = Statement.of(comment + "anal");
        assertThat(statement.target().table()).isEqualTo("anal");
        assertThat(Statement.of(comment + "analytics").target()).isEqualTo(StatementTarget.NONE);
    }

    @Test
    void literalAtTheCutIsALiteral() {
        String begin = "select * from f where name = '";
        String cut = (begin + "x".repeat(5000)).substring(0, Statement.STORED_BYTES);
        assertThat(shape(cut)).isEqualTo("select * from f where name = ?");
        assertThat(shape(cut)).isEqualTo(shape(begin + "y'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\\n\\t", "-- x", "/* x", "/* x */ ;", "\u00a0"})
    void textWithoutAStatementHasNoShape(String text) {
        assertThat(Statement.of(text))
                .isEqualTo(new Statement(StatementKind.OTHER, StatementTarget.NONE, Optional.empty()));
    }

    /** Any text gets an answer, also texts that are cut anywhere. */
    @Test
    void noTextFails() {
        String alphabet = "'\"$/*-\\ntr.;:()[],?#0e1xEabü \u65e5\u0000+=<|@{}`";
        String[] words = {
            "select", "with a as (", "insert into", "values (1", "create table", "as", "on", "$$", "/*", "in ("
        };
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            while (text.length() < length) {
                if (random.nextInt(4) == 0) {
                    text.append(words[random.nextInt(words.length)]).append(' ');
                } else {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            requireAnswer(text.toString());
        }
    }

    private static void requireAnswer(String text) {
        try {
            Statement.of(text);
        } catch (RuntimeException e) {
            throw new AssertionError("cannot read: " + text, e);
        }
    }

    /** The cost grows with the length only. Measured: 5 microseconds for a short text, 0.2 milliseconds for the longest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1, 'abc', -2.5), ",
                "/* ",
                "/**/",
                "$a$ $b",
                "'",
                "\"",
                "(",
                "- ",
                "in (1, ",
                "with a as (",
                "\\n",
                "a.b ."
            })
    void longestTextTakesLittleTime(String part) {
        String text = ("insert into t values " + part.repeat(4000)).substring(0, Statement.STORED_BYTES);
        for (int i = 0; i < 20; i++) {
            Statement.of(text);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            Statement.of(text);
        }
        assertThat(Duration.ofNanos((System.nanoTime() - start) / 20))
                .as("100 times the usual, for a busy machine")
                .isLessThan(Duration.ofMillis(20));
    }
}
