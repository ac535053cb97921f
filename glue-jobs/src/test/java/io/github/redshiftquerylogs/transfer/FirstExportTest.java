package io.github.redshiftquerylogs.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstExportTest {

    private static final LocalDateTime TO = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final LocalDateTime SAFE = LocalDateTime.parse("2026-11-12T13:00:00");

    /** Younger than the edge, or much older: a source that shows such rows does not trim at the edge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-12T13:00:00.000001",
                "2026-11-19T12:00:00",
                "2026-11-12T10:59:59.999999",
                "2000-01-01T00:00:00"
            })
    void beginsJustBeforeTheFirstRow(LocalDateTime row) {
        assertThat(FirstExport.of(Optional.of(row), TO))
                .isEqualTo(new FirstExport(Optional.of(row.minusNanos(1_000)), false, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-12T11:00:00", "2026-11-12T12:00:00", "2026-11-12T13:00:00"})
    void doesNotBeginWhereRowsVanishWhileTheyAreRead(LocalDateTime row) {
        FirstExport first = FirstExport.of(Optional.of(row), TO);
        assertThat(first.from()).contains(SAFE);
        assertThat(first.note())
                .hasValueSatisfying(note -> assertThat(note)
                        .startsWith(
                                "the first export begins at " + SAFE + ", not with the source's first row of " + row));
    }

    @Test
    void withoutARowThereIsNoBeginning() {
        assertThat(FirstExport.of(Optional.empty(), TO))
                .isEqualTo(new FirstExport(Optional.empty(), false, Optional.empty()));
    }

    @Test
    void fewRowsAreThoseOfASmallFile() {
        FirstExport first = FirstExport.of(Optional.of(TO), TO);
        assertThat(first.withRows(FirstExport.FEW).small()).isTrue();
        assertThat(first.withRows(FirstExport.FEW + 1).small()).isFalse();
    }

    @Test
    void anUnknownFirstRowIsNoted() {
        assertThat(FirstExport.unknown(SAFE, "timeout"))
                .isEqualTo(new FirstExport(
                        Optional.of(SAFE),
                        false,
                        Optional.of("the first export begins at " + SAFE
                                + ", because the source's first row is unknown: timeout")));
    }
}
