package io.github.redshiftquerylogs.orchestrator.call;

import java.time.Duration;

/**
 * Exponential backoff with full jitter
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): callers that were refused together do not
 * come back together.
 *
 * @param attempts how often something is tried, the first time included
 * @param first the longest pause after the first attempt; doubles with each further one
 * @param longest no pause is longer
 */
public record Backoff(int attempts, Duration first, Duration longest) {

    public static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(4));

    /**
     * The pause after an attempt.
     *
     * @param attempt 1 for the first
     * @param random in [0, 1)
     */
    public Duration pauseAfter(int attempt, double random) {
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis((long) (random * ceiling));
    }
}
