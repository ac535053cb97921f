package io.github.redshiftquerylogs.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.orchestrator.state.ClusterHistory;
import io.github.redshiftquerylogs.orchestrator.state.LastRun;
import io.github.redshiftquerylogs.orchestrator.state.LastStart;
import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureBackoffTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final Instant TICK = Instant.parse("2026-11-19T10:05:00Z");
    private static final String WANTED = "abc";

    private static ClusterHistory state(LastStart start, @Nullable LastRun run) {
        return new ClusterHistory(start, run, WANTED, null);
    }

    private static LastStart start(int failures, @Nullable String lastRunSeen) {
        return new LastStart(TICK, "jr_2", failures, lastRunSeen);
    }

    @ParameterizedTest
    @CsvSource({
        // interval, failures, delay in minutes
        "5,    0,   5",
        "5,    1,   5",
        "5,    2,   10",
        "5,    3,   20",
        "5,    4,   40",
        "5,    5,   60",
        "5,    6,   60",
        "5,    2147483647, 60",
        "15,   1,   15",
        "15,   2,   30",
        "15,   3,   60",
        "15,   4,   60",
        "59,   2,   60",
        "60,   9,   60",
        "61,   9,   61",
        "1440, 9,   1440",
    })
    void theDelayDoublesFromTheSecondFailureOnUpToAnHourAndIsNeverShorterThanTheInterval(
            long interval, int failures, long delay) {
        assertThat(FailureBackoff.delay(Duration.ofMinutes(interval), failures)).isEqualTo(Duration.ofMinutes(delay));
    }

    @Test
    void whoNeverStartedHasNotFailed() {
        assertThat(FailureBackoff.failures(ClusterHistory.NONE, WANTED)).isZero();
        assertThat(FailureBackoff.failures(ClusterHistory.NONE.with(new LastRun("jr_0", false)), WANTED))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // the run that was started is jr_2: before it, seen then, last summary now, succeeded, in a row
                "0, -,    jr_2, true,  0",
                "0, -,    jr_2, false, 1",
                "3, jr_1, jr_2, true,  0",
                "3, jr_1, jr_2, false, 4",
                // it left no summary
                "0, -,    -,    false, 1",
                "0, jr_1, jr_1, true,  1",
                "3, jr_1, jr_1, false, 4",
                // one that nobody here knows of left one since
                "3, jr_1, jr_9, true,  0",
                "3, jr_1, jr_9, false, 4",
            })
    void runsThatFailedOrLeftNoSummaryAreCounted(
            int before, @Nullable String seen, @Nullable String lastRun, boolean succeeded, int inARow) {
        LastRun run = lastRun == null ? null : new LastRun(lastRun, succeeded);
        assertThat(FailureBackoff.failures(state(start(before, seen), run), WANTED))
                .isEqualTo(inARow);
    }

    @Test
    void failuresOfAnotherDefinitionSayNothing() {
        ClusterHistory failing = state(start(7, "jr_1"), new LastRun("jr_2", false));
        assertThat(FailureBackoff.failures(failing, WANTED)).isEqualTo(8);
        assertThat(FailureBackoff.failures(failing, "another")).isZero();
        // which one failed is not known: no reason to forget
        assertThat(FailureBackoff.failures(
                        new ClusterHistory(failing.lastStart(), failing.lastRun(), null, null), WANTED))
                .isEqualTo(8);
    }

    @Test
    void withoutFailuresOrWithOneTheScheduleIsTheUsualOne() {
        eachSeed(random -> {
            ClusterName cluster = anyCluster(random);
            Duration interval = anyInterval(random);
            Instant lastStart = anyTick(random);
            Instant usual = Schedule.nextDue(cluster, interval, lastStart);
            assertThat(FailureBackoff.nextDue(cluster, interval, lastStart, 0)).isEqualTo(usual);
            assertThat(FailureBackoff.nextDue(cluster, interval, lastStart, 1)).isEqualTo(usual);
        });
    }

    @Test
    void aClusterNeverComesEarlierForItsFailuresAndNeverWaitsLongerThanTheDelay() {
        eachSeed(random -> {
            ClusterName cluster = anyCluster(random);
            Duration interval = anyInterval(random);
            Instant lastStart = anyTick(random);
            Instant before = Schedule.nextDue(cluster, interval, lastStart);
            for (int failures = 0; failures < 9; failures++) {
                Instant due = FailureBackoff.nextDue(cluster, interval, lastStart, failures);
                Duration delay = FailureBackoff.delay(interval, failures);
                assertThat(due).isAfterOrEqualTo(before).isBeforeOrEqualTo(lastStart.plus(delay));
                assertThat(due).isAfter(lastStart.plus(delay).minus(interval));
                // always the beginning of a slot
                assertThat(Schedule.nextDue(cluster, interval, due)).isEqualTo(due.plus(interval));
                before = due;
            }
        });
    }

    @Test
    void anIntervalOfAnHourOrMoreIsKeptHoweverOftenItFails() {
        eachSeed(random -> {
            ClusterName cluster = anyCluster(random);
            Duration interval = Duration.ofMinutes(60 + random.nextInt(2000));
            Instant lastStart = anyTick(random);
            assertThat(FailureBackoff.nextDue(cluster, interval, lastStart, random.nextInt(100)))
                    .isEqualTo(Schedule.nextDue(cluster, interval, lastStart));
        });
    }

    @Test
    void aClusterThatFailsForADayIsStartedAboutOnceAnHourAndAtItsIntervalAgainAfterASuccess() {
        Duration interval = Duration.ofMinutes(5);
        ClusterHistory state = ClusterHistory.NONE;
        int starts = 0;
        int afterwards = 0;
        for (int tick = 0; tick < 2 * 288; tick++) {
            Instant now = TICK.plus(Schedule.TICK.multipliedBy(tick));
            int failures = FailureBackoff.failures(state, WANTED);
            LastStart last = state.lastStart();
            if (last == null || !now.isBefore(FailureBackoff.nextDue(ORDERS, interval, last.tick(), failures))) {
                String run = "jr_" + tick;
                String seen = state.lastRun() == null ? null : state.lastRun().runId();
                boolean succeeds = tick >= 288;
                state = state.with(new LastStart(now, run, failures, seen)).with(new LastRun(run, succeeds));
                starts += succeeds ? 0 : 1;
                afterwards += succeeds ? 1 : 0;
            }
        }
        // after 0, 5, 15, 35 and 75 minutes, then hourly
        assertThat(starts).isBetween(27, 28);
        // all that is left of the second day, once the last wait is over
        assertThat(afterwards).isBetween(288 - 12, 288);
    }

    private static void eachSeed(Consumer<Random> property) {
        for (long seed = 0; seed < 300; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed, e);
            }
        }
    }

    private static Duration anyInterval(Random random) {
        return Duration.ofMinutes(5 + random.nextInt(120));
    }

    private static Instant anyTick(Random random) {
        return Instant.EPOCH.plus(Schedule.TICK.multipliedBy(random.nextInt(7_000_000)));
    }

    private static ClusterName anyCluster(Random random) {
        return new ClusterName("c" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36));
    }
}
