package io.github.redshiftquerylogs.sandbox.aws.servers;

import com.sun.net.httpserver.HttpExchange;
import io.github.redshiftquerylogs.sandbox.aws.wire.CallLog;
import io.github.redshiftquerylogs.sandbox.aws.wire.Forwarder;
import io.github.redshiftquerylogs.sandbox.aws.wire.IncomingRequest;
import io.github.redshiftquerylogs.sandbox.aws.wire.LoopbackServer;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * A proxy in front of a server process (S3, DynamoDB Local) that forwards requests and replies and records the {@linkplain
 * ReceivedCall calls}. Only clients that use its address are recorded.
 *
 * <ul>
 *   <li>Requests are forwarded as they were signed, including {@code Host}. Bodies of any size are streamed.
 *   <li>Only bodies of POST requests are recorded: they are documents, never objects.
 *   <li>If the server cannot be reached, the reply is 502 with the reason.
 *   <li>Thread-safe.
 * </ul>
 */
public final class RecordingProxy implements AutoCloseable {

    private final CallLog calls = new CallLog();
    private final LoopbackServer server;
    private final Forwarder forwarder;

    private RecordingProxy(URI service) {
        this.server = LoopbackServer.start("recording-proxy-", this::answer);
        try {
            this.forwarder = new Forwarder(service, "recording-proxy-client-");
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Starts a proxy on a free port of the loopback interface.
     *
     * @param service the address of the server, such as {@code http://127.0.0.1:8000}
     * @throws IllegalStateException if this JVM's HTTP client does not allow the header {@code Host}
     */
    public static RecordingProxy before(URI service) {
        return new RecordingProxy(service);
    }

    /** The address for clients: the value of {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI uri() {
        return server.uri();
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

    /** Stops the proxy; the server keeps running. */
    @Override
    public void close() {
        server.close();
        forwarder.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] document = Forwarder.document(exchange);
            calls.add(IncomingRequest.of(exchange, document).call());
            HttpResponse<InputStream> reply;
            try {
                reply = forwarder.send(exchange, document);
            } catch (IOException e) {
                Forwarder.refuse(exchange, "the recording proxy cannot reach " + forwarder.service() + ": " + e);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                Forwarder.refuse(
                        exchange, "the recording proxy was stopped while it waited for " + forwarder.service());
                return;
            }
            Forwarder.passOn(reply, exchange);
        }
    }
}
