package io.github.redshiftquerylogs.sandbox.aws.faults;

import com.sun.net.httpserver.HttpExchange;
import io.github.redshiftquerylogs.sandbox.aws.faults.Fault.Kind;
import io.github.redshiftquerylogs.sandbox.aws.wire.Forwarder;
import io.github.redshiftquerylogs.sandbox.aws.wire.IncomingRequest;
import io.github.redshiftquerylogs.sandbox.aws.wire.LoopbackServer;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy in front of a server of the local AWS that makes requests suffer. Only its own clients notice. Thread-safe. */
final class FaultyProxy implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultyProxy.class);

    private final LoopbackServer server;
    private final Forwarder forwarder;
    private final Function<ReceivedCall, Optional<Fault>> choice;

    /**
     * Starts a proxy on a free port of the loopback interface.
     *
     * @param choice the fault of a call, asked once for each before it is forwarded
     */
    FaultyProxy(URI service, Function<ReceivedCall, Optional<Fault>> choice) {
        this.choice = choice;
        this.server = LoopbackServer.start("faulty-proxy-", this::answer);
        try {
            this.forwarder = new Forwarder(service, "faulty-proxy-client-");
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    /** The address for clients. */
    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        forwarder.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        // without a reply, the end of an exchange closes its connection
        try (exchange) {
            byte[] document = Forwarder.document(exchange);
            IncomingRequest request = IncomingRequest.of(exchange, document);
            Optional<Fault> fault = choice.apply(request.call());
            fault.ifPresent(what -> LOG.debug("{}: {}", what.kind(), request.call()));
            answer(exchange, document, request, fault);
        }
    }

    private void answer(HttpExchange exchange, byte[] document, IncomingRequest request, Optional<Fault> fault)
            throws IOException {
        String service = request.call().service();
        Kind kind = fault.map(Fault::kind).orElse(Kind.LATENCY);
        switch (kind) {
            case THROTTLED -> send(exchange, ErrorReply.throttled(service, request.protocol()));
            case SERVER_ERROR -> send(exchange, ErrorReply.serverError(service, request.protocol()));
            case RESET -> {}
            case LATENCY, LOST_REPLY -> {
                try {
                    Thread.sleep(fault.map(Fault::delay).orElse(Duration.ZERO).toMillis());
                    pass(exchange, forwarder.send(exchange, document), kind);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void pass(HttpExchange exchange, HttpResponse<InputStream> reply, Kind kind) throws IOException {
        if (kind == Kind.LOST_REPLY) {
            try (InputStream lost = reply.body()) {
                lost.transferTo(OutputStream.nullOutputStream());
            }
        } else {
            Forwarder.passOn(reply, exchange);
        }
    }

    private static void send(HttpExchange exchange, ErrorReply reply) throws IOException {
        // read first: a client that is still sending its body may miss the reply
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
