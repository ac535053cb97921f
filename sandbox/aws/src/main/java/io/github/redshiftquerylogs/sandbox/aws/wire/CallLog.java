package io.github.redshiftquerylogs.sandbox.aws.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Calls in the order in which they came; of very many the first are forgotten. Thread-safe. */
public final class CallLog {

    /** More than any test makes; a server that runs for days must not fill the memory. */
    private static final int CALLS_REMEMBERED = 20_000;

    private final Deque<ReceivedCall> calls = new ArrayDeque<>();

    /** Appends a call; forgets the oldest one if there are too many. */
    public synchronized void add(ReceivedCall call) {
        calls.add(call);
        if (calls.size() > CALLS_REMEMBERED) {
            calls.remove();
        }
    }

    /** The calls since the start or since {@link #forget}, oldest first. */
    public synchronized List<ReceivedCall> calls() {
        return List.copyOf(calls);
    }

    /** Forgets all calls. */
    public synchronized void forget() {
        calls.clear();
    }
}
