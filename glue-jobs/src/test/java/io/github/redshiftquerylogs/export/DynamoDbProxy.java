package io.github.redshiftquerylogs.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Fault injector: an HTTP proxy that stands between the job's processes and DynamoDB, hears every call, and lets a test
 * react to it before or after it has its effect.
 */
final class DynamoDbProxy implements AutoCloseable {

    /** Headers that the HTTP client sets itself. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Interception NONE = (call, passOn) -> Optional.of(passOn.get());

    private final URI dynamoDb;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile Interception interception = NONE;

    /** What a test does with a call. Called on several threads at once. */
    @FunctionalInterface
    interface Interception {
        /**
         * Answers.
         *
         * @param passOn gives the call to DynamoDB and waits for the reply
         * @return the reply; if empty the connection closes without one
         */
        Optional<HttpResponse<byte[]>> answer(Call call, Supplier<HttpResponse<byte[]>> passOn);
    }

    /**
     * A call of a job.
     *
     * @param operation such as {@code UpdateItem}
     * @param body its JSON
     */
    record Call(String operation, JsonNode body) {

        String cluster() {
            return body.at("/Key/cluster_name/S").asText();
        }

        String entry() {
            return body.at("/Key/entry/S").asText();
        }

        /** Whether it says that everything up to some time was read. */
        boolean isWatermark() {
            return operation.equals("UpdateItem") && expression().contains("read_up_to = ");
        }

        /** Whether it says that a window is about to be read. */
        boolean isAttempt() {
            return operation.equals("UpdateItem") && expression().contains("attempt_from = ");
        }

        /** A value of its expression. */
        String value(String name) {
            return body.at("/ExpressionAttributeValues/" + name + "/S").asText();
        }

        private String expression() {
            return body.path("UpdateExpression").asText();
        }
    }

    private DynamoDbProxy(URI dynamoDb) throws IOException {
        this.dynamoDb = dynamoDb;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    static DynamoDbProxy start(URI dynamoDb) {
        try {
            return new DynamoDbProxy(dynamoDb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of {@code AWS_ENDPOINT_URL_DYNAMODB} for the processes. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void intercept(Interception other) {
        interception = other;
    }

    void passEverything() {
        interception = NONE;
    }

    /** The calls of one cluster's jobs that name an item, in the order in which they arrived. */
    List<Call> calls(String cluster) {
        return calls.stream().filter(call -> call.cluster().equals(cluster)).toList();
    }

    /** What went wrong in here, so that a broken test is not mistaken for a broken job. */
    List<Throwable> failures() {
        return failures;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Call call = new Call(target.substring(target.indexOf('.') + 1), JSON.readTree(body));
            calls.add(call);
            Optional<HttpResponse<byte[]>> reply =
                    interception.answer(call, () -> passOn(exchange.getRequestHeaders(), body));
            if (reply.isPresent()) {
                send(exchange, reply.get());
            }
        } catch (IOException e) {
            // the process was killed while it was waiting for its reply
            throw e;
        } catch (RuntimeException e) {
            failures.add(e);
            throw e;
        }
    }

    private HttpResponse<byte[]> passOn(Headers headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(dynamoDb).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, HttpResponse<byte[]> reply) throws IOException {
        reply.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
