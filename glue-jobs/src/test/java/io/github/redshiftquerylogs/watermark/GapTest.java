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
    void tableThatWasReadUpToBeforeTheHorizonHasAGap() {
        assertThat(Gap.of(NINE_DAYS_AGO, Optional.of(NOW.minusDays(7)), NOW))
                .contains(new Gap(NINE_DAYS_AGO, NOW.minusDays(7)));
    }

    @Test
    void tableThatIsBehindButWithinTheHorizonHasNone() {
        assertThat(Gap.of(NOW.minusDays(3), Optional.of(NOW.minusDays(7)), NOW)).isEmpty();
    }

    @Test
    void clusterThatShowsNoRowHasAGap() {
        assertThat(Gap.of(NINE_DAYS_AGO, Optional.empty(), NOW)).contains(new Gap(NINE_DAYS_AGO, NOW));
    }
}
