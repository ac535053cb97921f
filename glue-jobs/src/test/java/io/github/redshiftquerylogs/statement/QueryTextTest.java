package io.github.redshiftquerylogs.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.statement.QueryText.UncertainException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    @ParameterizedTest
    @CsvSource({
        ":from, 1",
        "a > :from and b <= :to, 2",
        "(:from), 1",
        "a::from, 0",
        "a::to, 0",
        ":fromage, 0",
        ":to1, 0",
        ":to_, 0",
        "a:to, 1",
        "from to, 0"
    })
    void boundsAreWholeAndNoCasts(String sql, int bounds) throws UncertainException {
        assertThat(QueryText.parts(sql).stream().filter(part -> part.type() == QueryText.Type.BOUND))
                .hasSize(bounds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "_", "#t", "\u0080", "x0", "x9"})
    void everyLetterBeginsAName(String name) throws UncertainException {
        assertThat(QueryText.parts(name)).extracting(QueryText.Part::type).containsExactly(QueryText.Type.WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "10", "1.5", "1."})
    void numbersAreOnePart(String number) throws UncertainException {
        assertThat(QueryText.parts(number)).containsExactly(new QueryText.Part(QueryText.Type.NUMBER, number, 1));
    }

    @Test
    void quotesMayBeAllThereIs() throws UncertainException {
        assertThat(QueryText.parts("'a''b'")).containsExactly(new QueryText.Part(QueryText.Type.TEXT, "'a''b'", 1));
        assertThat(QueryText.parts("\"a\"\"b\""))
                .containsExactly(new QueryText.Part(QueryText.Type.QUOTED, "\"a\"\"b\"", 1));
    }
}
