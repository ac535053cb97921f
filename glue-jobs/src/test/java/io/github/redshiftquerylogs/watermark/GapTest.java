package io.github.redshiftquerylogs.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GapTest {

    private static final LocalDateTime NOW = LocalDateTime.parse("2026-11-19T12:00:00");
    private static final LocalDateTime NINE_DAYS_AGO = NOW.minusDays(9);

    @Test
    void whoIsCloseBehindNeedNotAsk() {
        assertThat(Gap.isPossible(NOW.minusHours(24), NOW)).isFalse();
        assertThat(Gap.isPossible(NINE_DAYS_AGO, NOW)).isTrue();
    }

    @Test
    void aGapIsNotedWithItsBounds() {
        assertThat(new Gap(NINE_DAYS_AGO, NOW))
                .hasToString("gap: rows between " + NINE_DAYS_AGO + " and " + NOW + " were gone before they were read");
    }

    private static final Optional<LocalDateTime> NONE = Optional.empty();
    private static final LocalDateTime THREE_DAYS_AGO = NOW.minusDays(3);
    private static final Optional<LocalDateTime> SEVEN_DAYS_AGO =
            Optional.of(NOW.minusDays(7).plusSeconds(1));

    private static Optional<Gap> gap(
            LocalDateTime readUpTo,
            Optional<LocalDateTime> newest,
            boolean shown,
            Optional<LocalDateTime> next,
            Optional<LocalDateTime> horizon) {
        return Gap.of(readUpTo, new Gap.Evidence(newest, shown, next, horizon), NOW);
    }

    @Test
    void tableThatWasReadUpToBeforeTheHorizonHasAGap() {
        assertThat(gap(NINE_DAYS_AGO, Optional.of(NINE_DAYS_AGO), false, NONE, SEVEN_DAYS_AGO))
                .contains(new Gap(NINE_DAYS_AGO, SEVEN_DAYS_AGO.orElseThrow()));
    }

    @Test
    void sourceThatStillShowsWhatWasReadLastHasTrimmedNothing() {
        assertThat(gap(NINE_DAYS_AGO, Optional.of(NINE_DAYS_AGO), true, NONE, SEVEN_DAYS_AGO))
                .isEmpty();
        assertThat(gap(THREE_DAYS_AGO, Optional.of(THREE_DAYS_AGO), true, NONE, NONE))
                .isEmpty();
    }

    @Test
    void rowYoungerThanTheRetentionThatIsGoneIsAGapWhateverOtherTablesShow() {
        LocalDateTime next = NOW.minusDays(1);
        assertThat(gap(THREE_DAYS_AGO, Optional.of(THREE_DAYS_AGO), false, Optional.of(next), SEVEN_DAYS_AGO))
                .contains(new Gap(THREE_DAYS_AGO, next));
        assertThat(gap(THREE_DAYS_AGO, Optional.of(THREE_DAYS_AGO), false, NONE, SEVEN_DAYS_AGO))
                .contains(new Gap(THREE_DAYS_AGO, NOW));
    }

    @Test
    void quietTableWhoseNewestRowIsOlderThanTheRetentionHasNone() {
        assertThat(gap(THREE_DAYS_AGO, Optional.of(NINE_DAYS_AGO), false, NONE, SEVEN_DAYS_AGO))
                .isEmpty();
        assertThat(gap(THREE_DAYS_AGO, NONE, false, NONE, SEVEN_DAYS_AGO)).isEmpty();
    }

    @Test
    void clusterThatShowsNoRowHasAGap() {
        assertThat(gap(NINE_DAYS_AGO, NONE, false, NONE, NONE)).contains(new Gap(NINE_DAYS_AGO, NOW));
    }
}
