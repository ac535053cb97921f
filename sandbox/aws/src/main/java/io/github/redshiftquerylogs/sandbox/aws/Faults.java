package io.github.redshiftquerylogs.sandbox.aws;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls by operation, and keeps the faults that tests have ordered. Thread-safe. */
final class Faults {

    private static final Queue<AwsError> NONE = new ConcurrentLinkedQueue<>();

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, Queue<AwsError>> errors = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lostReplies = new ConcurrentHashMap<>();

    void failNext(String operation, AwsError error, int times) {
        Queue<AwsError> queue = errors.computeIfAbsent(operation, name -> new ConcurrentLinkedQueue<>());
        for (int i = 0; i < times; i++) {
            queue.add(error);
        }
    }

    void loseReply(String operation) {
        lostReplies.computeIfAbsent(operation, name -> new AtomicInteger()).incrementAndGet();
    }

    /** Counts a call, and says whether it has to fail before it has an effect. */
    Optional<AwsError> called(String operation) {
        calls.computeIfAbsent(operation, name -> new AtomicInteger()).incrementAndGet();
        return Optional.ofNullable(errors.getOrDefault(operation, NONE).poll());
    }

    /** Whether the reply of a call that had its effect is to be lost. */
    boolean losesReply(String operation) {
        AtomicInteger left = lostReplies.get(operation);
        return left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    int callCount(String operation) {
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }
}
