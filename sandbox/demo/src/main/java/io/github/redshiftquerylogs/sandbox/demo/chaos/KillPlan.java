package io.github.redshiftquerylogs.sandbox.demo.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which of the runs are killed, and when: in each stage in turn, at a random moment. The same seed has the same plan. Does
 * nothing itself. Thread-safe.
 */
public final class KillPlan {

    /** The share of runs that nobody kills, so that all tables advance. */
    private static final double SPARED = 0.35;

    private static final int LONGEST_EXPORT_MS = 8000;
    private static final int LONGEST_SEALING_MS = 5000;

    private final SplittableRandom random;
    private final Deque<Kill> kills = new ArrayDeque<>();

    /**
     * A plan.
     *
     * @param kills the number of kills
     */
    public KillPlan(long seed, int kills) {
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < kills; i++) {
            this.kills.add(kill(i % 2 == 0 ? Stage.EXPORT : Stage.SEALING));
        }
    }

    private Kill kill(Stage stage) {
        int longest = stage == Stage.EXPORT ? LONGEST_EXPORT_MS : LONGEST_SEALING_MS;
        return new Kill(stage, Duration.ofMillis(random.nextInt(longest)));
    }

    /** What happens to the next run; empty if it is spared. */
    synchronized Optional<Kill> next() {
        return kills.isEmpty() || random.nextDouble() < SPARED ? Optional.empty() : Optional.of(kills.removeFirst());
    }

    /** A run has ended before it was killed; a later one is killed instead. */
    synchronized void missed(Kill kill) {
        kills.addFirst(kill.sooner());
    }
}
