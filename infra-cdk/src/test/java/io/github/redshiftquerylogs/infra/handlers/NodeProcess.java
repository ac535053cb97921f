package io.github.redshiftquerylogs.infra.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Node process that runs {@code invoke.mjs}; shared by all tests of this JVM, since loading the SDK takes most of the
 * time of a call. It ends with this JVM, which closes its standard input. Calls run one after the other.
 */
public final class NodeProcess {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static @Nullable NodeProcess shared;

    private final Process node;
    private final OutputStream input;
    private final BufferedReader output;

    private NodeProcess() throws IOException {
        node = new ProcessBuilder("node", "src/test/resources/invoke.mjs")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = node.getOutputStream();
        output = node.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Calls a handler.
     *
     * @param call file, event, seconds, variables
     * @return its result; missing if it returned nothing
     * @throws HandlerFailedException with the error's text, or if there is no answer within a minute
     */
    public static synchronized JsonNode call(Map<String, Object> call) throws IOException, InterruptedException {
        NodeProcess process = shared;
        if (process == null || !process.node.isAlive()) {
            process = new NodeProcess();
            shared = process;
        }
        JsonNode answer = JSON.readTree(process.exchange(JSON.writeValueAsString(call)));
        if (answer.has("error")) {
            throw new HandlerFailedException(answer.path("error").asText());
        }
        return answer.path("result");
    }

    private String exchange(String line) throws IOException, InterruptedException {
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::readLine);
        try {
            return answer.get(1, TimeUnit.MINUTES);
        } catch (TimeoutException | ExecutionException e) {
            node.destroyForcibly();
            throw new HandlerFailedException("no answer: " + e);
        }
    }

    private String readLine() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("Node ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
