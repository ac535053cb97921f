package io.github.redshiftquerylogs.sandbox.contracts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server of Lambda's runtime API on the loopback interface: hands events to a function's process and receives its
 * answers. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
final class LambdaRuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * An answer of a function's process.
     *
     * @param path its kind, such as {@code init/error}; {@code invocation/response} of an invocation
     * @param body its text
     */
    record Answer(String path, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    LambdaRuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Hands an event to the next process that asks for one. */
    void send(String event) {
        events.add(event);
    }

    /** The next answer; null if there is none in time. */
    @Nullable Answer await(Duration timeout) throws InterruptedException {
        return answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(ROOT.length());
        try (exchange) {
            if (path.equals("invocation/next")) {
                next(exchange);
            } else {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                answers.add(new Answer(path.replaceFirst("invocation/[^/]+/", "invocation/"), body));
                exchange.sendResponseHeaders(202, -1);
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        String event;
        try {
            event = events.take();
        } catch (InterruptedException e) {
            // closed while a process waits for its next event
            Thread.currentThread().interrupt();
            return;
        }
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        // the client's native part crashes without it
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(Instant.now().plus(TIMEOUT).toEpochMilli()));
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:eu-central-1:123456789012:function:redshift-query-logs");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
