package io.github.redshiftquerylogs.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.github.redshiftquerylogs.sandbox.aws.catalog.DatabaseOperations;
import io.github.redshiftquerylogs.sandbox.aws.catalog.TableOperations;
import io.github.redshiftquerylogs.sandbox.aws.dataapi.DataApi;
import io.github.redshiftquerylogs.sandbox.aws.dataapi.DataApiSettings;
import io.github.redshiftquerylogs.sandbox.aws.jobs.ConnectionOperations;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOperations;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunOperations;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRunner;
import io.github.redshiftquerylogs.sandbox.aws.jobs.TagOperations;
import io.github.redshiftquerylogs.sandbox.aws.parameters.ParameterStore;
import io.github.redshiftquerylogs.sandbox.aws.redshift.ClusterOperations;
import io.github.redshiftquerylogs.sandbox.aws.redshift.Warehouses;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretsManager;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.aws.wire.CallLog;
import io.github.redshiftquerylogs.sandbox.aws.wire.Faults;
import io.github.redshiftquerylogs.sandbox.aws.wire.IncomingRequest;
import io.github.redshiftquerylogs.sandbox.aws.wire.LoopbackServer;
import io.github.redshiftquerylogs.sandbox.aws.wire.Operation;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import io.github.redshiftquerylogs.sandbox.aws.wire.WireProtocol;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameter Store, Glue, Secrets Manager, Redshift and its Data API on one port: an HTTP server on the loopback interface
 * that speaks their {@linkplain WireProtocol protocols}. Its clients are the real SDKs and the real command line.
 *
 * <ul>
 *   <li>State is in memory and lost with {@link #close}.
 *   <li>Signatures are not checked; any credentials are accepted.
 *   <li>An unknown operation fails with {@code UnknownOperationException} or {@code InvalidAction}.
 *   <li>It records its {@linkplain #calls calls}, with the key that signed them.
 *   <li>Tests may inject faults: {@link #failNext} before, {@link #dropReplyAfter} after the effect of an operation.
 *   <li>Thread-safe.
 * </ul>
 */
public final class LocalAwsEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAwsEndpoint.class);

    private final LoopbackServer server;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final Warehouses warehouses = new Warehouses();
    private final DataApiSettings dataApiSettings = new DataApiSettings();
    private final DataApi dataApi;
    private final JobRunOperations runs;

    private LocalAwsEndpoint(JobRunner runner, Clock clock, Duration timeoutMinute) {
        TagOperations tags = new TagOperations();
        JobOperations jobs = new JobOperations(clock, tags);
        runs = new JobRunOperations(jobs, runner, clock, timeoutMinute);
        DatabaseOperations databases = new DatabaseOperations(clock);
        operations.putAll(new ParameterStore(clock).operations());
        operations.putAll(tags.operations());
        operations.putAll(jobs.operations());
        operations.putAll(runs.operations());
        operations.putAll(new ConnectionOperations(clock).operations());
        operations.putAll(databases.operations());
        operations.putAll(new TableOperations(databases, clock).operations());
        SecretsManager secrets = new SecretsManager(clock);
        operations.putAll(secrets.operations());
        dataApi = new DataApi(warehouses, secrets, dataApiSettings, clock);
        operations.putAll(dataApi.operations());
        operations.putAll(new ClusterOperations(warehouses).operations());
        server = LoopbackServer.start("local-aws-", this::answer);
    }

    /**
     * Starts an endpoint on a free port.
     *
     * @param runner starts the job runs
     * @throws java.io.UncheckedIOException if no port is free
     */
    public static LocalAwsEndpoint start(JobRunner runner) {
        return start(runner, Clock.systemUTC(), Duration.ofMinutes(1));
    }

    /**
     * Starts an endpoint on a free port.
     *
     * @param runner starts the job runs
     * @param clock for the times in replies
     * @param timeoutMinute the real time that a minute of a job's timeout takes; shorter in tests of timeouts
     * @throws java.io.UncheckedIOException if no port is free
     */
    public static LocalAwsEndpoint start(JobRunner runner, Clock clock, Duration timeoutMinute) {
        return new LocalAwsEndpoint(runner, clock, timeoutMinute);
    }

    /** The address for clients, which is the value of {@code AWS_ENDPOINT_URL}. */
    public URI uri() {
        return server.uri();
    }

    /** Uses another runner for job runs from now on; running ones are not affected. */
    public void runJobsWith(JobRunner runner) {
        runs.runJobsWith(runner);
    }

    /** The clusters and workgroups of the account; none at first. */
    public Warehouses warehouses() {
        return warehouses;
    }

    /** Limits and faults of the Data API. */
    public DataApiSettings dataApi() {
        return dataApiSettings;
    }

    /**
     * The calls since the start or since {@link #forgetCalls}, oldest first, including failed ones. At most 20,000 are
     * kept.
     */
    public List<ReceivedCall> calls() {
        return calls.calls();
    }

    /** Forgets all recorded calls. */
    public void forgetCalls() {
        calls.forget();
    }

    /**
     * The number of calls of an operation, including failed ones.
     *
     * @param operation such as {@code StartJobRun}
     */
    public int callCount(String operation) {
        return faults.callCount(operation);
    }

    /** Makes the next calls of an operation fail without an effect. */
    public void failNext(String operation, AwsError error, int times) {
        requireKnown(operation);
        faults.failNext(operation, error, times);
    }

    /** Drops the reply of the next call of an operation: the call has its effect, then the connection closes. */
    public void dropReplyAfter(String operation) {
        requireKnown(operation);
        faults.loseReply(operation);
    }

    /** Stops the server and all running job runs. */
    @Override
    public void close() {
        server.close();
        runs.close();
        dataApi.close();
    }

    private void requireKnown(String operation) {
        if (!operations.containsKey(operation)) {
            throw new IllegalArgumentException("no such operation: " + operation);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            IncomingRequest request = IncomingRequest.of(exchange, body);
            calls.add(request.call());
            String operation = request.call().operation();
            try {
                JsonNode reply = perform(operation, request);
                if (!faults.losesReply(operation)) {
                    send(exchange, 200, request.protocol().reply(operation, reply), request.protocol());
                }
            } catch (AwsError e) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", e.code());
                send(exchange, e.httpStatus(), request.protocol().error(e), request.protocol());
            }
        }
    }

    private JsonNode perform(String operation, IncomingRequest request) {
        faults.called(operation).ifPresent(error -> {
            throw error;
        });
        Operation known = operations.get(operation);
        if (known == null) {
            throw new AwsError(
                    request.protocol().unknownOperation(), "the local AWS endpoint has no operation " + operation);
        }
        try {
            return known.apply(request.document(), request.call().accessKeyId());
        } catch (AwsError e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} broke", operation, e);
            throw new AwsError("InternalServiceException", e.toString(), 500);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body, WireProtocol protocol) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", protocol.contentType());
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
