package io.github.redshiftquerylogs.window;

import java.time.Duration;
import java.util.Optional;

/**
 * The length of a run's windows; pure. After a run that ended within a window, the next run halves it, so that a window
 * that is too heavy cannot block a table for good. From there each finished window doubles the next one, up to half of
 * what was allowed before; and each successful run doubles what is allowed, up to the setting.
 *
 * @param current the length of the next window
 * @param allowed the longest window of this run
 */
public record WindowLength(Duration current, Duration allowed) {

    private static final int FEW_ROWS = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * The length for a run that begins.
     *
     * @param longest the longest window that the settings allow
     * @param previous what was allowed in the previous run, if known; ignored if it is not positive
     * @param unfinished the window in which an earlier run ended, if there is one
     */
    public static WindowLength of(Duration longest, Optional<Duration> previous, Optional<Window> unfinished) {
        Optional<Duration> usable = previous.filter(length -> length.compareTo(Duration.ZERO) > 0);
        if (unfinished.isEmpty()) {
            Duration allowed = shorter(
                    longest,
                    usable.map(length -> shorter(length, longest).multipliedBy(2))
                            .orElse(longest));
            return new WindowLength(allowed, allowed);
        }
        Duration ended = unfinished.get().length();
        Duration before = usable.orElse(longest);
        Duration allowed = half(before.compareTo(ended) > 0 ? before : ended);
        return new WindowLength(shorter(half(ended), longest), shorter(allowed, longest));
    }

    /** The longest window of a first export with few rows: by default a day, where windows are six hours long. */
    public Duration ofFewRows() {
        return current.multipliedBy(FEW_ROWS);
    }

    /** The length after a finished window. */
    public WindowLength grown() {
        return new WindowLength(shorter(current.multipliedBy(2), allowed), allowed);
    }

    private static Duration half(Duration length) {
        Duration half = length.dividedBy(2);
        return half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
