package io.github.redshiftquerylogs.sandbox.demo.load;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the clusters: the machine's clock with an offset that can be advanced, so that minutes pass in seconds. The
 * offset is always less than five minutes, the greatest that an export accepts.
 */
public final class SandboxClock extends Clock {

    /** The offset at the start, behind the machine's clock. */
    static final Duration BEHIND = Duration.ofMinutes(4);
    /** The greatest offset ahead of the machine's clock. */
    static final Duration AHEAD = Duration.ofMinutes(4);

    private final Clock real;
    private Duration shift = BEHIND.negated();

    public SandboxClock(Clock real) {
        this.real = real;
    }

    /**
     * Advances the clock.
     *
     * @throws IllegalStateException if it would be too far ahead
     */
    public synchronized void advance(Duration time) {
        Duration next = shift.plus(time);
        if (next.compareTo(AHEAD) > 0) {
            throw new IllegalStateException("cannot advance the clusters' clock by " + time + ": it would be " + next
                    + " ahead, expected at most " + AHEAD);
        }
        shift = next;
    }

    @Override
    public synchronized Instant instant() {
        return real.instant().plus(shift);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock is in UTC");
    }
}
