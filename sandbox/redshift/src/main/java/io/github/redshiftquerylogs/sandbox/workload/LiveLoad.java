package io.github.redshiftquerylogs.sandbox.workload;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Advances a {@link Workload} in small steps along a clock, in a daemon thread. If the clock is behind the virtual time of
 * the workload, it waits, so time never goes back. Thread-safe.
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
     * Stops virtual time; when this returns, no step is running.
     *
     * @throws IllegalStateException if a step has failed
     */
    public synchronized void pause() {
        paused = true;
        requireHealthy();
    }

    /** Continues; one step makes up for the time that has passed meanwhile. */
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
