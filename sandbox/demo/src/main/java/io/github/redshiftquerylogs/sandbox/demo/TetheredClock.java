package io.github.redshiftquerylogs.sandbox.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A virtual clock that never gets further away from the machine's than a cluster's clock may: an export that finds the
 * clocks more than five minutes apart reads nothing.
 */
final class TetheredClock extends Clock {

    private final Clock virtual;
    private final Clock real;
    private final Duration behind;
    private final Duration ahead;

    /**
     * Ties one clock to another.
     *
     * @param behind how far it may be behind the real clock
     * @param ahead how far it may be ahead of it
     */
    TetheredClock(Clock virtual, Clock real, Duration behind, Duration ahead) {
        this.virtual = virtual;
        this.real = real;
        this.behind = behind;
        this.ahead = ahead;
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        Instant shown = virtual.instant();
        Instant earliest = now.minus(behind);
        Instant latest = now.plus(ahead);
        if (shown.isBefore(earliest)) {
            return earliest;
        }
        return shown.isAfter(latest) ? latest : shown;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new TetheredClock(virtual.withZone(zone), real, behind, ahead);
    }
}
