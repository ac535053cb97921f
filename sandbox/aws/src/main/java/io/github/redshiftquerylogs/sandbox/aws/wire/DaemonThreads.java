package io.github.redshiftquerylogs.sandbox.aws.wire;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that do not keep the JVM alive. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /**
     * A factory of daemon threads.
     *
     * @param prefix of their names, to which their number is appended
     */
    public static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
