package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {

    private final StringWriter output = new StringWriter();
    private final CommandLine command =
            new CommandLine(new DemoCommand()).setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

    @Test
    void helpNamesTheOptionsAndTheExitCodes() {
        assertThat(command.execute("--help")).isZero();
        assertThat(output.toString()).contains("--check", "--output=FOLDER", "--seed=N", "Exit codes");
    }

    @Test
    void unknownOptionAndBadValueAreRefusedBeforeAnythingStarts() {
        assertThat(command.execute("--chekc")).isEqualTo(2);
        assertThat(output.toString()).contains("Unknown option: '--chekc'");
        assertThat(command.execute("--seed", "many")).isEqualTo(2);
        assertThat(output.toString()).contains("'many' is not a long");
    }
}
