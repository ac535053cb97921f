package io.github.redshiftquerylogs.sandbox.aws.servers;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.redshiftquerylogs.sandbox.aws.wire.CallLog;
import io.github.redshiftquerylogs.sandbox.aws.wire.DaemonThreads;
import io.github.redshiftquerylogs.sandbox.aws.wire.IncomingRequest;
import io.github.redshiftquerylogs.sandbox.aws.wire.LoopbackServer;
import io.github.redshiftquerylogs.sandbox.aws.wire.ReceivedCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

    /** Headers that belong to a single connection and are not forwarded. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "content-length", "transfer-encoding", "upgrade", "expect");

    private final URI service;
    private final CallLog calls = new CallLog();
    private final ExecutorService clientThreads =
            Executors.newCachedThreadPool(DaemonThreads.named("recording-proxy-client-"));
    private final LoopbackServer server;
    private final HttpClient client;

    private RecordingProxy(URI service) {
        this.service = service;
        // the server first: it sets a system property that the client reads
        this.server = LoopbackServer.start("recording-proxy-", this::answer);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(clientThreads)
                .build();
    }

    /**
     * Starts a proxy on a free port of the loopback interface.
     *
     * @param service the address of the server, such as {@code http://127.0.0.1:8000}
     * @throws IllegalStateException if this JVM's HTTP client does not allow the header {@code Host}
     */
    public static RecordingProxy before(URI service) {
        RecordingProxy proxy = new RecordingProxy(service);
        try {
            HttpRequest.newBuilder(service).header("Host", service.getAuthority());
            return proxy;
        } catch (IllegalArgumentException e) {
            proxy.close();
            throw new IllegalStateException(
                    "signatures hold for one Host: start Java with -Djdk.httpclient.allowRestrictedHeaders=host,"
                            + " because an HTTP client was in use here before",
                    e);
        }
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
        clientThreads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            BodyPublisher body;
            if (exchange.getRequestMethod().equals("POST")) {
                byte[] document = exchange.getRequestBody().readAllBytes();
                calls.add(IncomingRequest.of(exchange, document).call());
                body = BodyPublishers.ofByteArray(document);
            } else {
                calls.add(IncomingRequest.of(exchange, new byte[0]).call());
                body = body(exchange);
            }
            HttpResponse<InputStream> reply;
            try {
                reply = client.send(request(exchange, body), BodyHandlers.ofInputStream());
            } catch (IOException e) {
                refuse(exchange, "cannot reach " + service + ": " + e);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                refuse(exchange, "was stopped while it waited for " + service);
                return;
            }
            passOn(reply, exchange);
        }
    }

    /** With the length that the client sent, because it may be signed. */
    private static BodyPublisher body(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        if (headers.containsKey("Transfer-Encoding")) {
            return BodyPublishers.ofInputStream(exchange::getRequestBody);
        }
        return length == null || length.equals("0")
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(exchange::getRequestBody), Long.parseLong(length));
    }

    private HttpRequest request(HttpExchange exchange, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + service.getAuthority() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), body);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!isOfTheConnection(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void passOn(HttpResponse<InputStream> reply, HttpExchange exchange) throws IOException {
        reply.headers().map().forEach((name, values) -> {
            if (!isOfTheConnection(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        try (InputStream content = reply.body()) {
            long length = reply.headers().firstValueAsLong("Content-Length").orElse(-1);
            if (exchange.getRequestMethod().equals("HEAD")) {
                if (length >= 0) {
                    exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
                }
                exchange.sendResponseHeaders(reply.statusCode(), -1);
            } else if (length == 0 || reply.statusCode() == 204 || reply.statusCode() == 304) {
                exchange.sendResponseHeaders(reply.statusCode(), -1);
            } else {
                // 0 means an unknown length
                exchange.sendResponseHeaders(reply.statusCode(), Math.max(length, 0));
                content.transferTo(exchange.getResponseBody());
            }
        }
    }

    private static void refuse(HttpExchange exchange, String why) throws IOException {
        // read first: a client that is still sending its body may miss the reply
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] text = ("the recording proxy " + why).getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(502, head ? -1 : text.length);
        if (!head) {
            exchange.getResponseBody().write(text);
        }
    }

    private static boolean isOfTheConnection(String header) {
        return OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }
}
