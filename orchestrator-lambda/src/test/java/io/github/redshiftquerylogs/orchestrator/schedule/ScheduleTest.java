package io.github.redshiftquerylogs.orchestrator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.settings.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ClusterName ORDERS = new ClusterName("orders");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");

    /** The beginning of a slot of this cluster. */
    private static Instant slotStart(ClusterName cluster, Duration interval) {
        return Schedule.nextDue(cluster, interval, NOON);
    }

    private static boolean isDue(ClusterName cluster, Duration interval, Instant lastStart, Instant tick) {
        return !tick.isBefore(Schedule.nextDue(cluster, interval, lastStart));
    }

    @Test
    void aSlotThatHadItsStartHasNoOther() {
        Instant slot = slotStart(ORDERS, HOUR);
        assertThat(isDue(ORDERS, HOUR, slot, slot)).isFalse();
        assertThat(isDue(ORDERS, HOUR, slot, slot.plus(HOUR).minusMillis(1))).isFalse();
        assertThat(isDue(ORDERS, HOUR, slot, slot.plus(HOUR))).isTrue();
    }

    @Test
    void aNewClusterThatStartedInTheMiddleOfASlotFallsIntoTheNextOne() {
        Instant slot = slotStart(ORDERS, HOUR);
        Instant firstStart = slot.plus(Duration.ofMinutes(55));
        assertThat(isDue(ORDERS, HOUR, firstStart, slot.plus(HOUR))).isTrue();
    }

    @Test
    void missedTicksAreCaughtUpByTheNextOne() {
        Instant slot = slotStart(ORDERS, HOUR);
        Instant late = slot.plus(Duration.ofMinutes(175));
        assertThat(isDue(ORDERS, HOUR, slot, late)).isTrue();
        // and what was caught up late does not move the slots
        assertThat(isDue(ORDERS, HOUR, late, slot.plus(Duration.ofHours(3)))).isTrue();
    }

    @Test
    void aClockThatGoesBackStartsNothing() {
        Instant slot = slotStart(ORDERS, HOUR);
        assertThat(isDue(ORDERS, HOUR, slot, slot.minusSeconds(1))).isFalse();
        assertThat(isDue(ORDERS, HOUR, slot, slot.minus(Duration.ofDays(3)))).isFalse();
    }

    @Test
    void timesBeforeTheEpochAreInSlotsToo() {
        Instant before = Instant.parse("1969-12-31T23:00:00Z");
        assertThat(isDue(ORDERS, HOUR, before, before.plus(HOUR))).isTrue();
        assertThat(Schedule.nextDue(ORDERS, HOUR, before)).isAfter(before);
    }

    @Test
    void aShorterIntervalCountsFromTheNextTickOn() {
        Instant lastStart = slotStart(ORDERS, Duration.ofDays(1));
        assertThat(isDue(ORDERS, Duration.ofDays(1), lastStart, lastStart.plus(HOUR)))
                .isFalse();
        assertThat(isDue(ORDERS, HOUR, lastStart, lastStart.plus(HOUR))).isTrue();
    }

    @Test
    void aLongerIntervalNeverWaitsLongerThanItself() {
        for (Duration old : List.of(Duration.ofMinutes(5), Duration.ofMinutes(7), HOUR)) {
            Instant lastStart = slotStart(ORDERS, old);
            Duration wait = Duration.between(lastStart, Schedule.nextDue(ORDERS, Duration.ofHours(6), lastStart));
            assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofHours(6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 9, 11, 59, 61, 1439})
    void anIntervalThatIsNoMultipleOfTheTickIsKeptOnAverage(int minutes) {
        Duration interval = Duration.ofMinutes(minutes);
        List<Instant> starts = starts(ORDERS, interval, NOON, Duration.ofDays(30), new Random(1), Duration.ZERO);
        assertThat(starts.size()).isBetween(30 * 1440 / minutes - 1, 30 * 1440 / minutes + 2);
    }

    @Test
    void fortyClustersAreSpreadOverTheTicksOfAnHour() {
        Map<Duration, Long> perTick = clusters("cluster-%02d").stream()
                .collect(Collectors.groupingBy(
                        cluster -> Schedule.offset(cluster, HOUR), TreeMap::new, Collectors.counting()));
        assertThat(perTick.keySet())
                .hasSizeGreaterThanOrEqualTo(10)
                .allMatch(offset -> offset.toMinutes() % 5 == 0 && offset.compareTo(HOUR) < 0);
        assertThat(perTick.values()).allMatch(clusters -> clusters <= 8);
    }

    @Test
    void theShortestIntervalLeavesNoRoomForASpread() {
        assertThat(clusters("cluster-%02d"))
                .allMatch(cluster ->
                        Schedule.offset(cluster, Duration.ofMinutes(5)).isZero());
    }

    @Test
    void theOffsetOfAClusterStaysTheSameFromReleaseToRelease() {
        assertThat(Schedule.offset(new ClusterName("product-warehouse"), HOUR)).isEqualTo(Duration.ofMinutes(0));
        assertThat(Schedule.offset(new ClusterName("product_warehouse"), HOUR)).isEqualTo(Duration.ofMinutes(25));
    }

    @Test
    void overAnyDayAClusterIsStartedAsOftenAsItsIntervalFitsInto() {
        eachSeed(random -> {
            Duration interval = Duration.ofMinutes(5 + random.nextInt(2876));
            Instant begin = anyTick(random);
            Instant day = begin.plus(interval)
                    .plus(Schedule.TICK)
                    .truncatedTo(ChronoUnit.HOURS)
                    .plus(HOUR);
            Instant nextDay = day.plus(Duration.ofDays(1));
            long starts = starts(
                            anyCluster(random),
                            interval,
                            begin,
                            Duration.between(begin, nextDay),
                            random,
                            Duration.ZERO)
                    .stream()
                    .filter(start -> !start.isBefore(day) && start.isBefore(nextDay))
                    .count();
            long fits = 1440 / interval.toMinutes();
            assertThat(starts).as("interval %s from %s", interval, begin).isBetween(fits, fits + 1);
        });
    }

    @Test
    void noSlotHasTwoStartsAndNoneIsLeftOutHoweverLateTheTicksAre() {
        eachSeed(random -> {
            ClusterName cluster = anyCluster(random);
            Duration interval = Duration.ofMinutes(10 + random.nextInt(500));
            Duration lateness = Duration.ofMinutes(4);
            List<Instant> starts = starts(cluster, interval, anyTick(random), Duration.ofDays(2), random, lateness);
            long offset = Schedule.offset(cluster, interval).toSeconds();
            List<Long> slots = starts.stream()
                    .map(start -> Math.floorDiv(start.getEpochSecond() - offset, interval.toSeconds()))
                    .toList();
            List<Long> each = IntStream.range(0, slots.size())
                    .mapToObj(i -> slots.get(0) + i)
                    .toList();
            assertThat(slots).as("interval %s", interval).isEqualTo(each);
        });
    }

    @Test
    void dueIsWhatTheComparisonOfSlotsSays() {
        eachSeed(random -> {
            ClusterName cluster = anyCluster(random);
            Duration interval = Duration.ofMinutes(5 + random.nextInt(300));
            Instant lastStart = anyTick(random);
            Instant tick = lastStart.plusSeconds(random.nextInt(80_000) - 20_000);
            long offset = Schedule.offset(cluster, interval).toSeconds();
            long lastSlot = Math.floorDiv(lastStart.getEpochSecond() - offset, interval.toSeconds());
            long slot = Math.floorDiv(tick.getEpochSecond() - offset, interval.toSeconds());
            assertThat(isDue(cluster, interval, lastStart, tick)).isEqualTo(slot > lastSlot);
        });
    }

    /** The times at which a new cluster is started by ticks from {@code begin} on. */
    private static List<Instant> starts(
            ClusterName cluster, Duration interval, Instant begin, Duration length, Random random, Duration lateness) {
        List<Instant> starts = new ArrayList<>();
        for (Instant tick = begin; tick.isBefore(begin.plus(length)); tick = tick.plus(Schedule.TICK)) {
            Instant late = tick.plusMillis(random.nextInt((int) lateness.toMillis() + 1));
            if (starts.isEmpty() || isDue(cluster, interval, starts.get(starts.size() - 1), late)) {
                starts.add(late);
            }
        }
        return starts;
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

    private static Instant anyTick(Random random) {
        return Instant.EPOCH.plus(Schedule.TICK.multipliedBy(random.nextInt(7_000_000)));
    }

    private static ClusterName anyCluster(Random random) {
        return new ClusterName("c" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36));
    }

    private static List<ClusterName> clusters(String format) {
        return IntStream.rangeClosed(1, 40)
                .mapToObj(number -> new ClusterName(format.formatted(number)))
                .toList();
    }
}
