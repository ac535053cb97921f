package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;

/** A wait; tests replace it. */
@FunctionalInterface
public interface Pause {

    /** Puts the thread to sleep. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /** Waits for a duration. */
    void of(Duration duration) throws InterruptedException;
}
