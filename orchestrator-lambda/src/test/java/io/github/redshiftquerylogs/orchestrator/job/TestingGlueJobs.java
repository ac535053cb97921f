package io.github.redshiftquerylogs.orchestrator.job;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@link GlueJobApi} in memory, with scripted failures. Thread-safe. */
public final class TestingGlueJobs implements GlueJobApi {

    private final Map<String, Deque<CallFailure>> failures = new HashMap<>();
    private final Map<String, Map<String, String>> existing = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private int runs;

    public synchronized TestingGlueJobs withJob(String job) {
        existing.put(job, new TreeMap<>());
        return this;
    }

    public synchronized TestingGlueJobs withJob(JobDefinition definition) {
        existing.put(definition.name(), new TreeMap<>(definition.settings()));
        return this;
    }

    /** Changes a job as a user would. */
    synchronized void changeByHand(String job, String setting, String value) {
        existing.getOrDefault(job, Map.of()).put(setting, value);
    }

    /** Lets the next calls of an operation for a job fail without an effect. */
    public synchronized TestingGlueJobs failing(Operation operation, String job, CallFailure... next) {
        failures.computeIfAbsent(operation + " " + job, key -> new ArrayDeque<>())
                .addAll(List.of(next));
        return this;
    }

    /** All calls in their order, as {@code StartJobRun job}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public synchronized String start(String job) throws CallFailedException {
        call(Operation.START, job);
        if (!existing.containsKey(job)) {
            throw failed(CallFailure.answered(
                    Operation.START,
                    400,
                    "EntityNotFoundException",
                    "Failed to start job run due to missing metadata",
                    false));
        }
        return "jr_" + ++runs;
    }

    @Override
    public synchronized void create(JobDefinition definition) throws CallFailedException {
        call(Operation.CREATE, definition.name());
        if (existing.putIfAbsent(definition.name(), new TreeMap<>(definition.settings())) != null) {
            throw failed(
                    CallFailure.answered(Operation.CREATE, 400, "AlreadyExistsException", "Job already exists", false));
        }
    }

    @Override
    public synchronized void update(JobDefinition definition) throws CallFailedException {
        call(Operation.UPDATE, definition.name());
        existing(Operation.UPDATE, definition.name());
        existing.put(definition.name(), new TreeMap<>(definition.settings()));
    }

    @Override
    public synchronized Map<String, String> settings(String job) throws CallFailedException {
        call(Operation.GET, job);
        return new TreeMap<>(existing(Operation.GET, job));
    }

    /** Lets a run end without success and without a summary. */
    public synchronized void kill(String runId) {
        dead.add(runId);
    }

    /** Not among {@link #calls}. */
    @Override
    public synchronized boolean hasDied(String job, String runId) throws CallFailedException {
        CallFailure failure = failures.getOrDefault(Operation.GET_RUN + " " + job, new ArrayDeque<>())
                .poll();
        if (failure != null) {
            throw failed(failure);
        }
        return dead.contains(runId);
    }

    private Map<String, String> existing(Operation operation, String job) throws CallFailedException {
        Map<String, String> settings = existing.get(job);
        if (settings == null) {
            throw failed(CallFailure.answered(operation, 400, "EntityNotFoundException", "no such job", false));
        }
        return settings;
    }

    private void call(Operation operation, String job) throws CallFailedException {
        String call = operation + " " + job;
        calls.add(call);
        CallFailure failure = failures.getOrDefault(call, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw failed(failure);
        }
    }

    private static CallFailedException failed(CallFailure failure) {
        return new CallFailedException(failure, new IllegalStateException("as asked"));
    }
}
