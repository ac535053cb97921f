package io.github.redshiftquerylogs.sandbox.aws.wire;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls by operation and keeps the faults that tests have requested. Thread-safe. */
public final class Faults {

    private static final Queue<AwsError> NONE = new ConcurrentLinkedQueue<>();

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, Queue<AwsError>> errors = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lostReplies = new ConcurrentHashMap<>();

    /** Makes the next calls of an operation fail before they have an effect. */
    public void failNext(String operation, AwsError error, int times) {
        Queue<AwsError> queue = errors.computeIfAbsent(operation, name -> new ConcurrentLinkedQueue<>());
        for (int i = 0; i < times; i++) {
            queue.add(error);
        }
    }

    /** Drops the reply of the next call of an operation, after its effect. */
    public void loseReply(String operation) {
        lostReplies.computeIfAbsent(operation, name -> new AtomicInteger()).incrementAndGet();
    }

    /** Counts a call; returns the error with which it must fail before it has an effect, if one is due. */
    public Optional<AwsError> called(String operation) {
        calls.computeIfAbsent(operation, name -> new AtomicInteger()).incrementAndGet();
        return Optional.ofNullable(errors.getOrDefault(operation, NONE).poll());
    }

    /** Whether the reply of a call that had its effect must be dropped; consumes one requested fault. */
    public boolean losesReply(String operation) {
        AtomicInteger left = lostReplies.get(operation);
        return left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** How often an operation was called, failed calls included. */
    public int callCount(String operation) {
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }
}
