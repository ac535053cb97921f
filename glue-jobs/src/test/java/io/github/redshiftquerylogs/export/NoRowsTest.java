package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.transfer.Sight;
import io.github.redshiftquerylogs.window.Window;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoRowsTest {

    private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-19T06:00:00");
    private static final LocalDateTime TO = FROM.plusHours(6);
    private static final Window WINDOW = new Window(FROM, TO);
    /** Just before the next row, behind the window. */
    private static final LocalDateTime QUIET = TO.plusHours(3);

    private static NoRows of(Sight sight, boolean othersShown, Optional<LocalDateTime> emptyBefore) {
        return NoRows.of(WINDOW, sight, othersShown, emptyBefore);
    }

    @Test
    void rowsOfTheWindowContradictWhateverElseIsShown() {
        assertThat(of(new Sight(true, true, QUIET), true, Optional.of(TO))).isEqualTo(new NoRows.Contradicted());
        assertThat(of(new Sight(true, false, QUIET), false, Optional.empty())).isEqualTo(new NoRows.Contradicted());
    }

    @Test
    void aRowOfTheTableOrOfAnotherOneIsAProof() {
        assertThat(of(new Sight(false, true, QUIET), false, Optional.empty())).isEqualTo(new NoRows.Moves(QUIET));
        assertThat(of(Sight.nothing(TO), true, Optional.empty())).isEqualTo(new NoRows.Moves(TO));
    }

    @Test
    void withoutAProofTheFirstAnswerWaits() {
        assertThat(of(Sight.nothing(TO), false, Optional.empty())).isEqualTo(new NoRows.Waits(TO));
    }

    /** Only up to where both runs got no rows. */
    @Test
    void theSecondAnswerMovesToTheEndOfTheFirstOne() {
        assertThat(of(Sight.nothing(TO), false, Optional.of(FROM.plusHours(1))))
                .isEqualTo(new NoRows.Moves(FROM.plusHours(1)));
        assertThat(of(Sight.nothing(TO), false, Optional.of(TO))).isEqualTo(new NoRows.Moves(TO));
        assertThat(of(Sight.nothing(TO), false, Optional.of(TO.plusHours(9)))).isEqualTo(new NoRows.Moves(TO));
    }

    @Test
    void anAnswerForATimeBeforeTheWindowIsNone() {
        assertThat(of(Sight.nothing(TO), false, Optional.of(FROM))).isEqualTo(new NoRows.Waits(TO));
        assertThat(of(Sight.nothing(TO), false, Optional.of(FROM.minusHours(1))))
                .isEqualTo(new NoRows.Waits(TO));
    }
}
