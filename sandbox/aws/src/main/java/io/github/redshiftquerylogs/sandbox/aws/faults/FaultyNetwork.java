package io.github.redshiftquerylogs.sandbox.aws.faults;

import io.github.redshiftquerylogs.sandbox.aws.faults.Fault.Kind;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The way from clients to the local AWS: a proxy in front of each of its servers. Between {@link #disturb} and {@link #calm}
 * requests suffer as a {@link FaultChoice} decides; else they pass. Only processes with its {@link #environment} use it.
 * Thread-safe.
 */
public final class FaultyNetwork implements AutoCloseable {

    private static final List<String> ENDPOINTS =
            List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_DYNAMODB");

    private final FaultChoice choice;
    private final Map<String, String> environment;
    private final List<FaultyProxy> proxies = new ArrayList<>();
    private final List<Consumer<ReceivedCall>> watchers = new CopyOnWriteArrayList<>();
    /** How many requests came so far, by service. */
    private final Map<String, Long> numbers = new HashMap<>();

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long requests;
    private boolean disturbed;

    private FaultyNetwork(Map<String, String> environment, FaultChoice choice) {
        this.choice = choice;
        this.environment = new HashMap<>(environment);
    }

    /**
     * Starts the proxies; requests pass unharmed at first.
     *
     * @param environment the variables that lead to the servers, as {@code LocalAws.environment()} returns them
     * @param choice decides which requests suffer
     */
    public static FaultyNetwork before(Map<String, String> environment, FaultChoice choice) {
        FaultyNetwork network = new FaultyNetwork(environment, choice);
        try {
            for (String endpoint : ENDPOINTS) {
                network.environment.computeIfPresent(endpoint, (name, service) -> network.add(URI.create(service)));
            }
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private String add(URI service) {
        FaultyProxy proxy = new FaultyProxy(service, this::passes);
        proxies.add(proxy);
        return proxy.uri().toString();
    }

    /** The environment of processes that use this network. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** From now on requests suffer. */
    public synchronized void disturb() {
        disturbed = true;
    }

    /** From now on requests pass unharmed. */
    public synchronized void calm() {
        disturbed = false;
    }

    /** Adds a watcher that gets each call before it is forwarded, on the thread of the call. */
    public void watch(Consumer<ReceivedCall> watcher) {
        watchers.add(watcher);
    }

    /** How many requests came while the network was disturbed. */
    public synchronized long requests() {
        return requests;
    }

    /** How many requests have suffered, by what. */
    public synchronized Map<Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    private Optional<Fault> passes(ReceivedCall call) {
        watchers.forEach(watcher -> watcher.accept(call));
        return choose(call);
    }

    private synchronized Optional<Fault> choose(ReceivedCall call) {
        if (!disturbed) {
            return Optional.empty();
        }
        requests++;
        long number = numbers.merge(call.service(), 1L, Long::sum) - 1;
        Optional<Fault> fault = choice.fault(call.service(), call.operation(), number);
        fault.ifPresent(found -> counts.merge(found.kind(), 1L, Long::sum));
        return fault;
    }

    @Override
    public void close() {
        proxies.forEach(FaultyProxy::close);
    }
}
