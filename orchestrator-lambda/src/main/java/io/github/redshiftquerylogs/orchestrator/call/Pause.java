package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;

/** Waiting, as something that a test can do without. */
@FunctionalInterface
public interface Pause {

    /** Waits on the wall's time. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
