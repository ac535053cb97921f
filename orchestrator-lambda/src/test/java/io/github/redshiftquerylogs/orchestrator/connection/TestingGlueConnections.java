package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link GlueConnectionApi} in memory, with failures before or after the effect of a call. Thread-safe. */
public final class TestingGlueConnections implements GlueConnectionApi {

    private final Map<String, Map<String, String>> existing = new TreeMap<>();
    private final Map<Operation, Deque<CallFailure>> failures = new HashMap<>();
    private final Map<Operation, Deque<CallFailure>> lostReplies = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** Adds a connection that was not created by the Lambda. */
    public synchronized void put(String name, Map<String, String> settings) {
        existing.put(name, new TreeMap<>(settings));
    }

    public synchronized Map<String, Map<String, String>> existing() {
        return new TreeMap<>(existing);
    }

    /** Lets the next calls of an operation fail without an effect. */
    synchronized void failing(Operation operation, CallFailure... next) {
        failures.computeIfAbsent(operation, key -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** Loses the reply of the next call of an operation, after its effect. */
    synchronized void losingReply(Operation operation) {
        lostReplies
                .computeIfAbsent(operation, key -> new ArrayDeque<>())
                .add(CallFailure.lost(operation, "Read timed out"));
    }

    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized void create(ConnectionDefinition definition) throws CallFailedException {
        begin(Operation.CREATE_CONNECTION);
        if (existing.putIfAbsent(definition.name(), definition.settings()) != null) {
            throw new CallFailedException(CallFailure.answered(
                    Operation.CREATE_CONNECTION, 400, "AlreadyExistsException", "Connection already exists", false));
        }
        failIfAsked(lostReplies, Operation.CREATE_CONNECTION);
    }

    @Override
    public synchronized void update(ConnectionDefinition definition) throws CallFailedException {
        begin(Operation.UPDATE_CONNECTION);
        existing.put(definition.name(), definition.settings());
        failIfAsked(lostReplies, Operation.UPDATE_CONNECTION);
    }

    @Override
    public synchronized Map<String, String> settings(String name) throws CallFailedException {
        begin(Operation.GET_CONNECTION);
        Map<String, String> settings = existing.get(name);
        if (settings == null) {
            throw new CallFailedException(CallFailure.answered(
                    Operation.GET_CONNECTION, 400, "EntityNotFoundException", "Connection not found", false));
        }
        return new TreeMap<>(settings);
    }

    private void begin(Operation operation) throws CallFailedException {
        calls.add(operation.toString());
        failIfAsked(failures, operation);
    }

    private static void failIfAsked(Map<Operation, Deque<CallFailure>> failures, Operation operation)
            throws CallFailedException {
        CallFailure failure =
                failures.getOrDefault(operation, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw new CallFailedException(failure);
        }
    }
}
