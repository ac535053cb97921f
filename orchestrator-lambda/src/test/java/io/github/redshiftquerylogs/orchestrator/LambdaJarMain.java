package io.github.redshiftquerylogs.orchestrator;

import io.github.redshiftquerylogs.orchestrator.result.TickResult;
import java.util.Map;

/** Loads the handler as Lambda does, calls it with an event, prints the result. */
final class LambdaJarMain {

    private LambdaJarMain() {}

    public static void main(String[] arguments) {
        TickResult result = new OrchestratorHandler()
                .handleRequest(Map.of("source", "aws.scheduler", "time", arguments[0]), TestingContext.begun());
        System.out.println(result);
    }
}
