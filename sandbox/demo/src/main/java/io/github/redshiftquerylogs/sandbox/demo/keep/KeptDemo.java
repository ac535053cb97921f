package io.github.redshiftquerylogs.sandbox.demo.keep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.redshiftquerylogs.sandbox.demo.tick.RunReport;
import io.github.redshiftquerylogs.sandbox.demo.tick.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;

/**
 * The control port of a demo that is kept running, on the loopback interface; its address is in {@code running.json}.
 * {@code POST /tick} runs a tick in this process, with its clock and clients.
 *
 * <p>A request must contain the token of that file, which only its owner can read, because other users of the machine and
 * pages in a browser can reach the port too.
 */
public final class KeptDemo implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "control");
        thread.setDaemon(true);
        return thread;
    });
    private final Callable<List<RunReport>> tick;
    private final RunningDemo running;

    private KeptDemo(Path folder, String trino, Callable<List<RunReport>> tick) throws IOException {
        this.tick = tick;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tick", this::answer);
        server.setExecutor(threads);
        running = RunningDemo.here(
                folder,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                UUID.randomUUID().toString(),
                trino);
    }

    /**
     * Opens the port.
     *
     * @param folder the demo's output folder
     * @param trino the JDBC URL of its Trino
     * @param tick runs a tick until its runs have ended; called by one thread at a time
     */
    public static KeptDemo start(Path folder, String trino, Callable<List<RunReport>> tick) {
        try {
            KeptDemo demo = new KeptDemo(folder, trino, tick);
            demo.server.start();
            demo.running.write();
            return demo;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the control port", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = Optional.ofNullable(
                            exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            if (!MessageDigest.isEqual(
                    authorization.getBytes(StandardCharsets.UTF_8),
                    ("Bearer " + running.token()).getBytes(StandardCharsets.UTF_8))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = JsonMapper.builder().build().writeValueAsBytes(tick());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private synchronized TickReply tick() {
        try {
            List<RunReport> reports = tick.call();
            return new TickReply(reports.stream().allMatch(RunReport::isFine), Ticks.table(reports));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TickReply(false, "  ✗ the demo has ended\n");
        } catch (Exception e) {
            LoggerFactory.getLogger(KeptDemo.class).error("tick failed", e);
            return new TickReply(false, "  ✗ the tick failed: " + e.getMessage() + "\n");
        }
    }

    @Override
    public void close() {
        running.forget();
        server.stop(0);
        threads.shutdownNow();
    }
}
