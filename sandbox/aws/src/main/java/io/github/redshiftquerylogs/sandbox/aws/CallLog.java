package io.github.redshiftquerylogs.sandbox.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Calls in the order in which they came; of very many the first are forgotten. Thread-safe. */
final class CallLog {

    /** More than any test makes; a server that runs for days must not fill the memory. */
    private static final int CALLS_REMEMBERED = 20_000;

    private final Deque<Call> calls = new ArrayDeque<>();

    synchronized void add(Call call) {
        calls.add(call);
        if (calls.size() > CALLS_REMEMBERED) {
            calls.remove();
        }
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    synchronized void forget() {
        calls.clear();
    }
}
