package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Virtual time that runs faster than another clock, for example an hour per minute.
 */
final class CompressedClock extends Clock {

    private final Clock real;
    private final Instant realStart;
    private final Instant virtualStart;
    private final double rate;
    private final ZoneId zone;

    /**
     * A clock that shows {@code virtualStart} now.
     *
     * @param real what it is driven by
     * @param virtualStart where it starts
     * @param rate virtual seconds per real second, positive
     */
    CompressedClock(Clock real, Instant virtualStart, double rate) {
        this(real, real.instant(), virtualStart, rate, ZoneOffset.UTC);
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate is " + rate + ", expected more than 0");
        }
    }

    private CompressedClock(Clock real, Instant realStart, Instant virtualStart, double rate, ZoneId zone) {
        this.real = real;
        this.realStart = realStart;
        this.virtualStart = virtualStart;
        this.rate = rate;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        long realNanos = Duration.between(realStart, real.instant()).toNanos();
        return virtualStart.plusNanos((long) (realNanos * rate));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new CompressedClock(real, realStart, virtualStart, rate, other);
    }
}
