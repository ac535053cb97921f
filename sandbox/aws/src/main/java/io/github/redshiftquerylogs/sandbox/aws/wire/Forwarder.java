package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
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
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forwards the requests of a proxy to the server behind it, as they were signed, including {@code Host}. Bodies of any size
 * are streamed. Thread-safe.
 */
public final class Forwarder implements AutoCloseable {

    /** Headers that belong to a single connection and are not forwarded. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "content-length", "transfer-encoding", "upgrade", "expect");

    private final URI service;
    private final ExecutorService threads;
    private final HttpClient client;

    /**
     * A forwarder of a proxy whose {@link LoopbackServer} is running: the server sets a system property that the client reads.
     *
     * @param service the address of the server, such as {@code http://127.0.0.1:8000}
     * @param threadPrefix of the names of its threads
     * @throws IllegalStateException if this JVM's HTTP client does not allow the header {@code Host}
     */
    public Forwarder(URI service, String threadPrefix) {
        this.service = service;
        this.threads = Executors.newCachedThreadPool(DaemonThreads.named(threadPrefix));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        try {
            HttpRequest.newBuilder(service).header("Host", service.getAuthority());
        } catch (IllegalArgumentException e) {
            threads.shutdownNow();
            throw new IllegalStateException(
                    "signatures hold for one Host: start Java with -Djdk.httpclient.allowRestrictedHeaders=host,"
                            + " because an HTTP client was in use here before",
                    e);
        }
    }

    /** The address of the server. */
    public URI service() {
        return service;
    }

    /**
     * The body of a POST request: a document, never an object; of other requests nothing, because {@link #send} streams it.
     */
    public static byte[] document(HttpExchange exchange) throws IOException {
        return exchange.getRequestMethod().equals("POST")
                ? exchange.getRequestBody().readAllBytes()
                : new byte[0];
    }

    /**
     * Sends a request and waits for the begin of its reply; the caller closes the body.
     *
     * @param document what {@link #document} has returned
     */
    public HttpResponse<InputStream> send(HttpExchange exchange, byte[] document)
            throws IOException, InterruptedException {
        BodyPublisher body =
                exchange.getRequestMethod().equals("POST") ? BodyPublishers.ofByteArray(document) : body(exchange);
        return client.send(request(exchange, body), BodyHandlers.ofInputStream());
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

    /** Answers with the reply of the server. */
    public static void passOn(HttpResponse<InputStream> reply, HttpExchange exchange) throws IOException {
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

    /** Answers by 502 with a reason. */
    public static void refuse(HttpExchange exchange, String why) throws IOException {
        // read first: a client that is still sending its body may miss the reply
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
