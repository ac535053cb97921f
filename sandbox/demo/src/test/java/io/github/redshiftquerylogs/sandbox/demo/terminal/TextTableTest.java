package io.github.redshiftquerylogs.sandbox.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void numbersStandToTheRightAndTextToTheLeft() {
        TextTable table = new TextTable(List.of("table", "rows"));
        table.add(List.of("stl_query", "7"));
        table.add(List.of("stl_scan", "1234"));
        assertThat(table.render()).isEqualTo("""
                          table      rows
                          ─────────  ────
                          stl_query     7
                          stl_scan   1234
                        """);
    }

    @Test
    void longAndBrokenTextIsOneShortLine() {
        TextTable table = new TextTable(List.of("text"));
        table.add(List.of("select 1\n\tfrom " + "x".repeat(100)));
        assertThat(table.render().lines())
                .last()
                .asString()
                .startsWith("  select 1 from xxx")
                .endsWith("…")
                .hasSize(50);
    }
}
