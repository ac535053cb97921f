package io.github.redshiftquerylogs.sandbox.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentsTest {

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void putTogetherTheyAreTheStatement() {
        for (String statement : List.of(
                "", "x", "x".repeat(200), "x".repeat(201), "é".repeat(333), "😀".repeat(120), OddTexts.statement(3))) {
            assertThat(String.join("", Fragments.of(statement))).isEqualTo(statement);
        }
    }

    @Test
    void eachIsAsLongAsItCanBeWithoutCuttingACharacter() {
        assertThat(Fragments.of("x".repeat(401))).extracting(String::length).containsExactly(200, 200, 1);
        List<String> withEmojiAtTheBorder = Fragments.of("x".repeat(198) + "😀y");
        assertThat(withEmojiAtTheBorder).containsExactly("x".repeat(198), "😀y");
        assertThat(Fragments.of("😀".repeat(60)))
                .extracting(FragmentsTest::bytes)
                .containsExactly(200, 40);
    }

    @Test
    void anEmptyStatementIsOneEmptyFragment() {
        assertThat(Fragments.of("")).containsExactly("");
    }

    @Test
    void theBeginningOfALongStatementIsCut() {
        String statement = OddTexts.longList("select 1 where true", 5);
        assertThat(bytes(statement)).isGreaterThan(4_000);
        assertThat(bytes(Fragments.beginning(statement))).isEqualTo(4_000);
        assertThat(statement).startsWith(Fragments.beginning(statement));
    }
}
