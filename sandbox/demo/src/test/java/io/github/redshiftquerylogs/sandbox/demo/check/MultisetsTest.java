package io.github.redshiftquerylogs.sandbox.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MultisetsTest {

    private static final List<String> COLUMNS = List.of("name");

    private static final Map<List<@Nullable String>, Long> TWO_AND_ONE = Map.of(List.of("a"), 2L, List.of("b"), 1L);

    @Test
    void equalRowsHaveNoDifference() {
        assertThat(Multisets.differences(COLUMNS, "ledger", TWO_AND_ONE, "lake", Map.copyOf(TWO_AND_ONE)))
                .isEmpty();
        assertThat(Multisets.size(TWO_AND_ONE)).isEqualTo(3);
    }

    @Test
    void numberOfOccurrencesCounts() {
        assertThat(Multisets.differences(
                        COLUMNS, "ledger", TWO_AND_ONE, "lake", Map.of(List.of("a"), 1L, List.of("b"), 1L)))
                .containsExactly("1 rows in the ledger and not in the lake, such as [a]");
        assertThat(Multisets.differences(
                        COLUMNS, "ledger", TWO_AND_ONE, "lake", Map.of(List.of("a"), 2L, List.of("b"), 4L)))
                .containsExactly("3 rows in the lake and not in the ledger, such as [b]");
    }

    @Test
    void changedRowIsMissingOnceAndTooManyOnce() {
        assertThat(Multisets.differences(
                        COLUMNS, "ledger", TWO_AND_ONE, "lake", Map.of(List.of("a"), 2L, List.of("B"), 1L)))
                .containsExactly(
                        "1 rows in the ledger and not in the lake, such as [b]",
                        "1 rows in the lake and not in the ledger, such as [B]",
                        "they differ in name from character 1 on: 'b' and 'B'");
    }

    @Test
    void differenceIsShownAgainstTheRowThatIsMostAlike() {
        List<String> columns = List.of("query", "text", "rows");
        String start = "x".repeat(300);

        assertThat(Multisets.differences(
                        columns,
                        "ledger",
                        Map.of(List.of("1", start + "🚀 end", "5"), 1L),
                        "lake",
                        Map.of(List.of("1", start + "?? end", "5"), 1L, List.of("2", start + "🚀 end", "6"), 1L)))
                .last()
                .isEqualTo("they differ in text from character 301 on: '" + "x".repeat(20) + "🚀 end' and '"
                        + "x".repeat(20) + "?? end'");
    }
}
