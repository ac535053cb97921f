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
 * Stands before a server of its own process (S3, DynamoDB Local), passes everything on in both directions, and remembers
 * the {@linkplain ReceivedCall calls}. Who is given its address instead of the server's is recorded, nobody else is.
 *
 * <ul>
 *   <li>Requests arrive as they were signed, {@code Host} included. Bodies are streamed, of any size.
 *   <li>Only bodies of POSTs are remembered: they are documents, never objects.
 *   <li>If the server cannot be reached, the answer is 502 and says so.
 *   <li>Thread-safe.
 * </ul>
 */
public final class RecordingProxy implements AutoCloseable {

    /** About one connection, so each side has its own. */
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
        // first the server, which sets what the client reads
        this.server = LoopbackServer.start("recording-proxy-", this::answer);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(clientThreads)
                .build();
    }

    /**
     * Starts one on a free port of the loopback interface.
     *
     * @param service what stands behind it, such as {@code http://127.0.0.1:8000}
     * @throws IllegalStateException if this JVM's HTTP client does not let requests keep their {@code Host}
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

    /** Where clients find it; the value of {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI uri() {
        return server.uri();
    }

    /**
     * The calls since the start, or since {@link #forgetCalls}, in the order in which they came; failed ones included. Of
     * very many the first are forgotten.
     */
    public List<ReceivedCall> calls() {
        return calls.calls();
    }

    /** {@link #calls} begins anew. */
    public void forgetCalls() {
        calls.forget();
    }

    /** Stops it. What stands behind it goes on. */
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

    /** With the length that the client told, which may be signed. */
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
                // for the server 0 is: no length known
                exchange.sendResponseHeaders(reply.statusCode(), Math.max(length, 0));
                content.transferTo(exchange.getResponseBody());
            }
        }
    }

    private static void refuse(HttpExchange exchange, String why) throws IOException {
        // a client that is told to go on with its body, and refused at the same time, may miss the second
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
