package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Advances a {@link Workload} by itself, in small steps, along a clock: the machine's, or a faster one.
 *
 * <p>Where that clock is behind virtual time it waits, so time never jumps back. Thread-safe; its thread is a daemon.
 */
public final class LiveLoad implements AutoCloseable {

    private final Workload workload;
    private final Clock clock;
    private final Duration step;
    private final Thread thread;
    private boolean paused;
    private boolean closed;
    private @Nullable RuntimeException failure;

    private LiveLoad(Workload workload, Clock clock, Duration step) {
        this.workload = workload;
        this.clock = clock;
        this.step = step;
        this.thread = new Thread(this::run, "live-load");
        this.thread.setDaemon(true);
    }

    /**
     * Starts advancing.
     *
     * @param clock virtual time
     * @param step real time between two steps
     */
    public static LiveLoad start(Workload workload, Clock clock, Duration step) {
        LiveLoad load = new LiveLoad(workload, clock, step);
        load.thread.start();
        return load;
    }

    /**
     * Holds virtual time; when this returns, no step is under way.
     *
     * @throws IllegalStateException if a step has failed
     */
    public synchronized void pause() {
        paused = true;
        requireHealthy();
    }

    /** Goes on; what the clock has advanced meanwhile is made up for in one step. */
    public synchronized void resume() {
        paused = false;
        notifyAll();
        requireHealthy();
    }

    /**
     * Stops advancing; the workload stays open.
     *
     * @throws IllegalStateException if a step has failed
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            requireHealthy();
        }
    }

    private synchronized void run() {
        try {
            while (!closed) {
                if (!paused) {
                    LocalDateTime target = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                            .truncatedTo(ChronoUnit.MICROS);
                    if (target.isAfter(workload.now())) {
                        workload.advanceTo(target);
                    }
                }
                wait(step.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("the live load has failed", failure);
        }
    }
}
