package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;
import java.time.Instant;

/**
 * One tick of the Lambda.
 *
 * @param time the time of the tick, which decisions are based on; may differ from the wall clock
 * @param deadline the time that the invocation has left
 */
public record Tick(Instant time, Deadline deadline) {

    /** Whether there is time for another call. */
    public boolean hasTime() {
        return deadline.allows(Duration.ZERO);
    }
}
