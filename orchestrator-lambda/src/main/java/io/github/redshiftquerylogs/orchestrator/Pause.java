package io.github.redshiftquerylogs.orchestrator;

import java.time.Duration;

/** Waiting, as something that a test can do without. */
@FunctionalInterface
interface Pause {

    /** Waits on the wall's time. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
