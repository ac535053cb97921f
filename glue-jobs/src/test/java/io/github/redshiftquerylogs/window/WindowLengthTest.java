package io.github.redshiftquerylogs.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowLengthTest {

    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-19T12:00:00");

    @Test
    void firstRunTakesTheLongest() {
        assertThat(WindowLength.of(SIX_HOURS, Optional.empty(), Optional.empty()))
                .isEqualTo(new WindowLength(SIX_HOURS, SIX_HOURS));
    }

    @Test
    void windowInWhichARunEndedIsHalvedAndNothingLongerIsTriedInThatRun() {
        WindowLength next = WindowLength.of(SIX_HOURS, Optional.of(SIX_HOURS), died(SIX_HOURS));
        assertThat(next).isEqualTo(new WindowLength(Duration.ofHours(3), Duration.ofHours(3)));
        assertThat(next.grown()).isEqualTo(next);
    }

    @Test
    void windowOfFewRowsIsADayByDefault() {
        assertThat(WindowLength.of(SIX_HOURS, Optional.empty(), Optional.empty())
                        .ofFewRows())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void runsThatGoWellDoubleWhatIsAllowed() {
        assertThat(WindowLength.of(SIX_HOURS, Optional.of(Duration.ofHours(2)), Optional.empty())
                        .current())
                .isEqualTo(Duration.ofHours(4));
        assertThat(WindowLength.of(SIX_HOURS, Optional.of(Duration.ofHours(4)), Optional.empty())
                        .current())
                .isEqualTo(SIX_HOURS);
    }

    /** A window may be short because midnight cut it; that must not make a whole day of tiny windows. */
    @Test
    void shortWindowInWhichARunEndedIsGrownOutOfWithinTheNextRun() {
        WindowLength length = WindowLength.of(SIX_HOURS, Optional.empty(), died(Duration.ofSeconds(3)));
        assertThat(length.current()).isEqualTo(Duration.ofMillis(1500));
        for (int window = 0; window < 13; window++) {
            length = length.grown();
        }
        assertThat(length.current()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void windowNeverBecomesShorterThanASecond() {
        assertThat(WindowLength.of(SIX_HOURS, Optional.of(Duration.ofSeconds(1)), died(Duration.ofSeconds(1)))
                        .current())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void lengthThatIsNotPositiveIsIgnoredAndAHugeOneDoesNotOverflow() {
        for (Duration stored :
                new Duration[] {Duration.ZERO, Duration.ofHours(-6), Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThat(WindowLength.of(SIX_HOURS, Optional.of(stored), Optional.empty()))
                    .as(stored.toString())
                    .isEqualTo(new WindowLength(SIX_HOURS, SIX_HOURS));
            assertThat(WindowLength.of(SIX_HOURS, Optional.of(stored), died(SIX_HOURS))
                            .current())
                    .as(stored.toString())
                    .isEqualTo(Duration.ofHours(3));
        }
    }

    private static Optional<Window> died(Duration length) {
        return Optional.of(new Window(NOON, NOON.plus(length)));
    }
}
