package io.github.redshiftquerylogs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.declaration.SnapshotRule;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotHistoryTest {

    private static final LocalDateTime MIDNIGHT = LocalDateTime.parse("2026-11-19T00:00:00");
    private static final LocalDateTime NOON = MIDNIGHT.plusHours(12);
    private static final SnapshotRule DAILY = new SnapshotRule(Duration.ofDays(1), false);
    private static final SnapshotHistory NOTHING = new SnapshotHistory(List.of());

    private static SnapshotNote taken(LocalDateTime time, long rows) {
        return new SnapshotNote(
                time, "pg_user", Optional.empty(), Optional.of(time), Optional.of(rows), Optional.empty());
    }

    private static SnapshotNote doubtful(LocalDateTime time, long rows) {
        return new SnapshotNote(
                time, "pg_user", Optional.empty(), Optional.of(time), Optional.of(rows), Optional.of("few rows"));
    }

    private static SnapshotNote failed(LocalDateTime time) {
        return new SnapshotNote(
                time, "pg_user", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("refused"));
    }

    private static SnapshotHistory of(SnapshotNote... notes) {
        return new SnapshotHistory(List.of(notes));
    }

    @Test
    void aSnapshotBelongsToThePeriodOfItsRowsAndAFailureToThatOfItsNote() {
        SnapshotNote yesterday = taken(MIDNIGHT.minusNanos(1_000), 5);
        SnapshotNote today = taken(MIDNIGHT, 6);
        // noted by a later run, because the first one died behind the commit
        SnapshotNote notedLater = new SnapshotNote(
                NOON, "pg_user", Optional.empty(), yesterday.takenAt(), Optional.of(5L), Optional.empty());
        assertThat(of(yesterday, failed(NOON)).in(DAILY.periodOf(NOON))).isEmpty();
        assertThat(of(notedLater).in(DAILY.periodOf(NOON))).isEmpty();
        assertThat(of(today, yesterday).in(DAILY.periodOf(NOON))).contains(today);
        assertThat(of(failed(MIDNIGHT)).hasFailed(DAILY.periodOf(NOON))).isTrue();
        assertThat(of(failed(MIDNIGHT.minusNanos(1_000)), today).hasFailed(DAILY.periodOf(NOON)))
                .isFalse();
        assertThat(NOTHING.in(DAILY.periodOf(NOON))).isEmpty();
        assertThat(NOTHING.hasFailed(DAILY.periodOf(NOON))).isFalse();
    }

    @Test
    void theNewestSnapshotIsThatOfTheLatestRowsWhateverTheOrderOfNotes() {
        SnapshotNote old = taken(MIDNIGHT, 5);
        SnapshotNote recent = doubtful(NOON, 6);
        assertThat(of(recent, old, failed(NOON.plusHours(1))).newest()).contains(recent);
        assertThat(of(old, recent).newest()).contains(recent);
        assertThat(of(failed(NOON)).newest()).isEmpty();
    }

    @Test
    void aTimeIsKnownOnlyToTheMicrosecond() {
        SnapshotHistory history = of(failed(NOON), taken(MIDNIGHT, 5));
        assertThat(history.has(MIDNIGHT)).isTrue();
        assertThat(history.has(MIDNIGHT.plusNanos(1_000))).isFalse();
        assertThat(history.has(NOON)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // fewer than half of ten or more
        "10, 4, true", "10, 5, false", "11, 5, true", "11, 6, false", "1000, 499, true", "1000, 500, false",
        // of fewer than ten only none at all
        "9, 4, false", "9, 1, false", "9, 0, true", "1, 0, true", "0, 0, false", "0, 7, false",
        "1000, 1001, false"
    })
    void fewerThanHalfOfTheLastCompleteSnapshotIsDoubtful(long before, long rows, boolean doubtful) {
        Optional<String> doubt = of(taken(MIDNIGHT, before)).doubt(NOON, rows);
        assertThat(doubt.isPresent()).isEqualTo(doubtful);
        doubt.ifPresent(text -> assertThat(text)
                .startsWith(rows + " rows, fewer than half of the " + before + " of the last complete snapshot, at "
                        + MIDNIGHT + ": "));
    }

    @Test
    void onlyCompleteSnapshotsBeforeItAreAMeasure() {
        assertThat(NOTHING.doubt(NOON, 0)).isEmpty();
        assertThat(of(failed(MIDNIGHT)).doubt(NOON, 0)).isEmpty();
        assertThat(of(taken(NOON, 100)).doubt(NOON, 0)).as("of the same time").isEmpty();
        assertThat(of(taken(NOON.plusHours(1), 100)).doubt(NOON, 0)).as("later").isEmpty();
        // a doubt lasts: the doubtful one in between does not count, nor does an older complete one
        SnapshotHistory history =
                of(taken(MIDNIGHT, 1000), doubtful(MIDNIGHT.plusHours(6), 3), taken(MIDNIGHT.minusDays(1), 4));
        assertThat(history.doubt(NOON, 3)).isPresent();
        assertThat(history.doubt(NOON, 500)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 2", "40, 39"})
    void periodsWithoutASnapshotAreCounted(int days, long missed) {
        LocalDateTime last = MIDNIGHT.plusHours(23);
        LocalDateTime now = MIDNIGHT.plusDays(days).plusHours(23).plusMinutes(1);
        assertThat(of(taken(last, 5)).missedBefore(DAILY, now)).isEqualTo(missed);
        assertThat(of(doubtful(last, 5)).missedBefore(DAILY, now)).isEqualTo(missed);
    }

    @Test
    void nothingIsMissedBeforeTheFirstSnapshotOrALaterOne() {
        assertThat(NOTHING.missedBefore(DAILY, NOON)).isZero();
        assertThat(of(failed(NOON.minusDays(9))).missedBefore(DAILY, NOON)).isZero();
        assertThat(of(taken(NOON.plusDays(9), 5)).missedBefore(DAILY, NOON)).isZero();
        assertThat(of(taken(NOON, 5)).missedBefore(DAILY, NOON)).isZero();
    }
}
