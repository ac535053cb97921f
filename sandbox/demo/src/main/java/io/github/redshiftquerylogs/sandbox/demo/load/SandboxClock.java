package io.github.redshiftquerylogs.sandbox.demo.load;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the sandbox's clusters: the machine's, shifted. It can be advanced, so that minutes pass in seconds, but
 * never gets as far away from the machine's clock as an export allows: five minutes.
 */
public final class SandboxClock extends Clock {

    /** Where it starts. */
    static final Duration BEHIND = Duration.ofMinutes(4);
    /** As far as it can be advanced. */
    static final Duration AHEAD = Duration.ofMinutes(4);

    private final Clock real;
    private Duration shift = BEHIND.negated();

    public SandboxClock(Clock real) {
        this.real = real;
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalStateException if it would get too far ahead
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
