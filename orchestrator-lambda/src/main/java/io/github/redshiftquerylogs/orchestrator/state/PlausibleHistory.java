package io.github.redshiftquerylogs.orchestrator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history without times that no tick can have written; pure. A last start in the year 2099 would keep its cluster from
 * being started until then.
 *
 * @param history the history; implausible parts are missing
 * @param problems what was implausible, with what is expected
 */
public record PlausibleHistory(ClusterHistory history, List<String> problems) {

    /** Older than Redshift. */
    private static final Instant EARLIEST = Instant.parse("2012-01-01T00:00:00Z");

    /** The time of a tick is at most an hour from the clock, on either side. */
    private static final Duration APART = Duration.ofHours(2);

    /**
     * Judges a history.
     *
     * @param tick time of the current tick
     */
    public static PlausibleHistory of(ClusterHistory stored, Instant tick) {
        List<String> problems = new ArrayList<>();
        LastStart start = stored.lastStart();
        TickNotes notes = stored.notes();
        ClusterHistory history = new ClusterHistory(
                start == null || plausible("last start", start.tick(), tick, problems) == null ? null : start,
                stored.lastRun(),
                stored.definition(),
                notes == null
                        ? null
                        : new TickNotes(
                                plausible("first tick", notes.firstTick(), tick, problems),
                                plausible("last look", notes.lastInventory(), tick, problems),
                                notes.countedRun()));
        return new PlausibleHistory(history, List.copyOf(problems));
    }

    private static @Nullable Instant plausible(
            String what, @Nullable Instant time, Instant tick, List<String> problems) {
        Instant latest = tick.plus(APART);
        if (time == null || (!time.isBefore(EARLIEST) && !time.isAfter(latest))) {
            return time;
        }
        problems.add("its " + what + " in the state table is " + time + ": expected a time from " + EARLIEST + " to "
                + latest + "; it counts as missing");
        return null;
    }
}
