package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameter Store and Glue on one port: an HTTP server on the loopback interface that speaks the AWS JSON 1.1 protocol
 * (operation in the header {@code X-Amz-Target}), so that the real SDKs and the real command line are what talk to it.
 *
 * <ul>
 *   <li>State is in memory and gone after {@link #close}.
 *   <li>Signatures are not checked; any credentials do.
 *   <li>An operation that is not there is answered with {@code UnknownOperationException}, never with a made-up reply.
 *   <li>Tests may order faults: {@link #failNext} before, {@link #dropReplyAfter} after the effect of an operation.
 *   <li>Thread-safe.
 * </ul>
 */
public final class LocalAwsEndpoint implements AutoCloseable {

    static {
        // without it every reply waits for the delayed acknowledgement of its own headers, 40 ms a call
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // seconds; clients that keep connections for a minute must not find them closed, which looks like a lost reply
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private static final Logger LOG = LoggerFactory.getLogger(LocalAwsEndpoint.class);
    private static final int CONNECTIONS_WAITING = 256;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Faults faults = new Faults();
    private final GlueJobRuns runs;

    private LocalAwsEndpoint(JobRunner runner, Clock clock, Duration timeoutMinute) throws IOException {
        GlueTags tags = new GlueTags();
        GlueJobs jobs = new GlueJobs(clock, tags);
        runs = new GlueJobRuns(jobs, runner, clock, timeoutMinute);
        GlueDatabases databases = new GlueDatabases(clock);
        operations.putAll(new ParameterStore(clock).operations());
        operations.putAll(tags.operations());
        operations.putAll(jobs.operations());
        operations.putAll(runs.operations());
        operations.putAll(new GlueConnections(clock).operations());
        operations.putAll(databases.operations());
        operations.putAll(new GlueTables(databases, clock).operations());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS_WAITING);
        server.createContext("/", this::answer);
        threads = Executors.newCachedThreadPool(daemons("local-aws-"));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Starts an endpoint on a free port.
     *
     * @param runner what starts the job runs
     * @throws UncheckedIOException if no port can be had
     */
    public static LocalAwsEndpoint start(JobRunner runner) {
        return start(runner, Clock.systemUTC(), Duration.ofMinutes(1));
    }

    /**
     * Starts an endpoint on a free port.
     *
     * @param runner what starts the job runs
     * @param clock for the times in replies
     * @param timeoutMinute how long a minute of a job's timeout really lasts; shorter in tests of timeouts
     * @throws UncheckedIOException if no port can be had
     */
    public static LocalAwsEndpoint start(JobRunner runner, Clock clock, Duration timeoutMinute) {
        try {
            return new LocalAwsEndpoint(runner, clock, timeoutMinute);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the local AWS endpoint", e);
        }
    }

    /** Where clients find it; the value of {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on job runs are started by another runner; runs that have begun are not touched. */
    public void runJobsWith(JobRunner runner) {
        runs.runJobsWith(runner);
    }

    /**
     * How often an operation was called until now, calls that failed included.
     *
     * @param operation such as {@code StartJobRun}
     */
    public int callCount(String operation) {
        return faults.callCount(operation);
    }

    /** Lets the next calls of an operation fail, without any effect. */
    public void failNext(String operation, AwsError error, int times) {
        requireKnown(operation);
        faults.failNext(operation, error, times);
    }

    /** The next call of an operation has its effect, but the connection closes before the reply. */
    public void dropReplyAfter(String operation) {
        requireKnown(operation);
        faults.loseReply(operation);
    }

    /** Stops the server and all job runs that are still going. */
    @Override
    public void close() {
        server.stop(0);
        runs.close();
        threads.shutdownNow();
    }

    private void requireKnown(String operation) {
        if (!operations.containsKey(operation)) {
            throw new IllegalArgumentException("no such operation: " + operation);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        String operation = target.substring(target.lastIndexOf('.') + 1);
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            try {
                JsonNode reply = perform(operation, request);
                if (!faults.losesReply(operation)) {
                    send(exchange, 200, reply);
                }
            } catch (AwsError e) {
                sendError(exchange, e);
            }
        }
    }

    private JsonNode perform(String operation, byte[] request) throws IOException {
        faults.called(operation).ifPresent(error -> {
            throw error;
        });
        Operation known = operations.get(operation);
        if (known == null) {
            throw new AwsError("UnknownOperationException", "the local AWS endpoint has no operation " + operation);
        }
        try {
            return known.apply(Json.MAPPER.readTree(request));
        } catch (JsonProcessingException e) {
            throw new AwsError("SerializationException", "the request is not JSON");
        } catch (AwsError e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} broke", operation, e);
            throw new AwsError("InternalServiceException", e.toString(), 500);
        }
    }

    private static void sendError(HttpExchange exchange, AwsError error) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", error.code());
        JsonNode body = Json.object()
                .put("__type", error.code())
                .put("message", error.message())
                .put("Message", error.message());
        send(exchange, error.httpStatus(), body);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
