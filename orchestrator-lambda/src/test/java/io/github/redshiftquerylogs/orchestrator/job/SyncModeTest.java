package io.github.redshiftquerylogs.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.schedule.Schedule;
import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncModeTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final Duration DAY = Duration.ofDays(1);
    private static final String WANTED = "abc";
    /** The beginning of a day of this cluster. */
    private static final Instant MORNING = Schedule.nextDue(ORDERS, DAY, Instant.parse("2026-11-19T10:05:00Z"));

    private static ClusterHistory startedAt(Instant tick) {
        return new ClusterHistory(new LastStart(tick, "jr_1", 0, null), null, WANTED, null);
    }

    private static SyncMode syncMode(ClusterHistory state, int failures, Instant tick) {
        return SyncMode.of(ORDERS, state, WANTED, failures, tick);
    }

    @Test
    void usuallyTheDefinitionIsTrusted() {
        assertThat(syncMode(startedAt(MORNING), 0, MORNING.plus(Duration.ofHours(1))))
                .isEqualTo(SyncMode.TRUST);
    }

    @Test
    void anotherDefinitionThanTheOneThatWasAppliedIsApplied() {
        ClusterHistory other = startedAt(MORNING).withDefinition("another");
        assertThat(syncMode(other, 0, MORNING.plus(Duration.ofHours(1)))).isEqualTo(SyncMode.APPLY);
        assertThat(syncMode(other, 3, MORNING.plus(DAY))).isEqualTo(SyncMode.APPLY);
    }

    @Test
    void aDefinitionOfWhichNothingIsKnownIsApplied() {
        assertThat(syncMode(ClusterHistory.NONE, 0, MORNING)).isEqualTo(SyncMode.APPLY);
        assertThat(syncMode(new ClusterHistory(startedAt(MORNING).lastStart(), null, null, null), 0, MORNING))
                .isEqualTo(SyncMode.APPLY);
    }

    @Test
    void aJobWhoseLastRunFailedIsCompared() {
        assertThat(syncMode(startedAt(MORNING), 1, MORNING.plus(Duration.ofHours(1))))
                .isEqualTo(SyncMode.COMPARE);
    }

    @Test
    void aJobOfWhichNoStartIsKnownIsCompared() {
        assertThat(syncMode(ClusterHistory.NONE.withDefinition(WANTED), 0, MORNING))
                .isEqualTo(SyncMode.COMPARE);
    }

    @Test
    void theFirstStartOfADayCompares() {
        assertThat(syncMode(startedAt(MORNING.minusSeconds(300)), 0, MORNING)).isEqualTo(SyncMode.COMPARE);
        assertThat(syncMode(startedAt(MORNING), 0, MORNING.plus(DAY).minusSeconds(1)))
                .isEqualTo(SyncMode.TRUST);
    }

    @Test
    void overManyDaysThereIsOneComparisonADayWhateverTheInterval() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            ClusterName cluster = new ClusterName("c" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36));
            Duration interval = Duration.ofMinutes(5 + random.nextInt(600));
            Instant begin = Schedule.nextDue(cluster, DAY, MORNING.plus(Duration.ofDays(random.nextInt(1000))));
            Instant last = begin.minusSeconds(1);
            int compared = 0;
            for (Instant tick = begin;
                    tick.isBefore(begin.plus(DAY.multipliedBy(10)));
                    tick = tick.plus(Schedule.TICK)) {
                if (!tick.isBefore(Schedule.nextDue(cluster, interval, last))) {
                    compared += SyncMode.of(cluster, startedAt(last), WANTED, 0, tick) == SyncMode.COMPARE ? 1 : 0;
                    last = tick;
                }
            }
            assertThat(compared).as("seed %s, interval %s", seed, interval).isEqualTo(10);
        }
    }

    @Test
    void clustersAreComparedAtDifferentTimesOfTheDay() {
        Set<Duration> offsets = new HashSet<>();
        IntStream.range(0, 40)
                .mapToObj(number -> new ClusterName("cluster-" + number))
                .forEach(cluster -> offsets.add(Schedule.offset(cluster, DAY)));
        assertThat(offsets).hasSizeGreaterThan(30);
    }
}
