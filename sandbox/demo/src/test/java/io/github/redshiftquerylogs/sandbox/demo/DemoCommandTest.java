package io.github.redshiftquerylogs.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final List<DemoOptions> played = new ArrayList<>();
    private final CommandLine command = DemoCommand.commandLine((options, outputFolder, progress) -> {
                played.add(options);
                return 0;
            })
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(output));

    @Test
    void optionsReachThePlay() {
        assertThat(command.execute("--check", "--seed=7", "--output", folder.toString()))
                .isZero();
        assertThat(played).containsExactly(new DemoOptions(true, false, 7, 0, Optional.empty()));
    }

    @Test
    void chaosReachesThePlay() {
        assertThat(command.execute("--chaos", "3", "--seed", "2", "--output", folder.toString()))
                .isZero();
        assertThat(played).containsExactly(new DemoOptions(false, false, 2, 3, Optional.empty()));
    }

    @Test
    void ownExportsReachThePlay() {
        assertThat(command.execute(
                        "--exports",
                        folder.toString(),
                        "--output",
                        folder.resolve("new").toString()))
                .isZero();
        assertThat(played).containsExactly(new DemoOptions(false, false, 1, 0, Optional.of(folder)));
    }

    @Test
    void unknownOptionBadValueAndOptionsThatExcludeEachOtherAreRefusedBeforeAnythingStarts() {
        assertRefused("Unknown option: '--chekc'", "--chekc");
        assertRefused("'many' is not a long", "--seed", "many");
        assertRefused("--check and --keep: expected one of them", "--check", "--keep");
        assertRefused("--chaos and --keep: expected one of them", "--chaos=3", "--keep");
        assertRefused("--chaos = '0': expected the number of runs to kill, at least 1", "--chaos=0");
        assertRefused("Unmatched argument at index 0: 'ticc'", "ticc");
        assertRefused("--keep before 'tick': expected options after it", "--keep", "tick");
        assertRefused("--check before 'query': expected options after it", "--check", "query");
        assertRefused("Unknown option: '--rows=3'", "tick", "--rows=3");
        assertRefused("exports: expected ./demo exports check DIR", "exports");
        assertRefused("Missing required parameter: 'DIR'", "exports", "check");
        assertRefused("--exports = 'none': expected a folder with own exports", "--exports=none");
        assertRefused("--rows = '0': expected at least 1", "query", "--rows=0", "top_queries");
        assertThat(played).isEmpty();
    }

    @Test
    void folderWithSomethingInItIsRefused() throws IOException {
        Files.createFile(folder.resolve("mine"));
        assertRefused("--output = '" + folder + "': expected a new or an empty folder", "--output", folder.toString());
        assertThat(played).isEmpty();
    }

    @Test
    void unknownQueryIsAnsweredWithTheNearestNames() {
        assertRefused(
                "NAME = 'top-querys': expected one of those that ./demo query lists, such as top_queries",
                "query",
                "top-querys");
    }

    @Test
    void queryWithoutNameListsAllOfThem() {
        assertThat(command.execute("query")).isZero();
        assertThat(output.toString())
                .contains("top_queries", "Top 50 queries by time", "nested_loops")
                .hasLineCount(Checkout.find(Path.of("")).queries().size());
    }

    @Test
    void tickAndQueryWithoutARunningDemoSayHowToStartOne() {
        String chosen = folder.toString();
        assertRefused("--output = '" + chosen + "': expected the folder of a demo", "tick", "--output", chosen);
        assertRefused("./demo --keep starts one", "query", "top_queries", "--output", chosen);
        assertRefused("no demo is running below output/", "tick");
    }

    private void assertRefused(String text, String... arguments) {
        output.getBuffer().setLength(0);
        assertThat(command.execute(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
        assertThat(output.toString()).contains(text);
    }

    @Test
    void helpNamesEveryOptionAndSubcommandAndNoOther() {
        assertThat(command.execute("--help")).isZero();
        String help = output.toString();
        List<String> names = new ArrayList<>(List.of("--help"));
        List<CommandLine> lines = new ArrayList<>(command.getSubcommands().values());
        lines.add(command);
        for (CommandLine line : lines) {
            line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> names.add(option.longestName()));
        }
        assertThat(help).contains(names).contains("./demo tick", "./demo query", "./demo exports check", "Exit codes");
        Matcher option = Pattern.compile("--[a-z]+").matcher(help);
        while (option.find()) {
            assertThat(names).contains(option.group());
        }
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void scriptPrintsTheSameHelpWithoutBuildingAnything() throws Exception {
        assertThat(command.execute("--help")).isZero();
        Path script = Checkout.find(Path.of("")).root().resolve("demo");
        Path printed = folder.resolve("help");
        Process process = new ProcessBuilder("bash", script.toString(), "--seed=1", "--help")
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(printed).hasContent(output.toString());
    }
}
