package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./demo exports}: what concerns own exports. */
@Command(name = "exports", subcommands = ExportsCommand.Check.class)
final class ExportsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ExportsCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "exports: expected ./demo exports check DIR");
    }

    /** {@code ./demo exports check}: checks a folder by the class of the packaged job that reads such folders. */
    @Command(name = "check")
    static final class Check implements Callable<Integer> {

        private static final String MAIN = "io.github.redshiftquerylogs.declaration.CheckExports";

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(arity = "1", paramLabel = "DIR")
        private Path folder = Path.of("");

        Check() {}

        @Override
        public Integer call() throws IOException, InterruptedException {
            Process check = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Checkout.find(Path.of("")).jobJar().toString(),
                            MAIN,
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = check.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(spec.commandLine().getOut()::println);
            }
            spec.commandLine().getOut().flush();
            return check.waitFor();
        }
    }
}
