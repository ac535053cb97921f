package io.github.redshiftquerylogs.sandbox.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.sandbox.demo.keep.RunningDemo;
import io.github.redshiftquerylogs.sandbox.demo.keep.TickReply;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./demo tick}: makes a running demo call the Lambda once and prints the result. */
@Command(name = "tick")
final class TickCommand implements Callable<Integer> {

    /** Longer than the demo waits for runs. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--output")
    private @Nullable Path output;

    TickCommand() {}

    @Override
    public Integer call() throws Exception {
        DemoCommand.requireNoOptionsBefore(spec);
        RunningDemo demo = RunningDemo.find(RunningDemo.OUTPUTS, output);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Tick in the demo of " + demo.folder() + ": waiting for the runs that it starts …");
        out.flush();
        TickReply reply = order(demo);
        out.print(reply.text());
        out.flush();
        return reply.fine() ? 0 : 1;
    }

    private static TickReply order(RunningDemo demo) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(demo.control().resolve("/tick"))
                .header("Authorization", "Bearer " + demo.token())
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response;
        try {
            response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("the demo of " + demo.folder() + " has ended or does not answer", e);
        }
        if (response.statusCode() != 200) {
            throw new IOException("the demo of " + demo.folder() + " refuses a tick: HTTP " + response.statusCode());
        }
        return JsonMapper.builder().build().readValue(response.body(), TickReply.class);
    }
}
