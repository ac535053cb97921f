package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.keep.RunningDemo;
import io.github.redshiftquerylogs.sandbox.demo.terminal.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code ./demo}: the whole pipeline on one machine. Its options are described in {@code help.txt}. */
@Command(
        name = "demo",
        subcommands = {TickCommand.class, QueryCommand.class, ExportsCommand.class})
public final class DemoCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    /** The system property with the log file of log4j2-demo.xml. */
    private static final String LOG = "demo.log";
    /** The same, with its log of faults and kills. */
    private static final String CHAOS_LOG = "demo.chaos.log";

    private static final String BARS = "--bars";
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    /** The demonstration; returns the exit code of the process. */
    @FunctionalInterface
    public interface Play {
        int play(DemoOptions options, Path folder, Progress progress) throws Exception;
    }

    private final Play play;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--check")
    private boolean check;

    @Option(names = "--keep")
    private boolean keep;

    @Option(names = "--chaos", paramLabel = "N")
    private @Nullable Integer chaos;

    @Option(names = "--exports", paramLabel = "DIR")
    private @Nullable Path exports;

    @Option(names = "--output")
    private @Nullable Path output;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    /** Whether progress bars are shown; set by the script ./demo if the output is a terminal. */
    @Option(names = BARS, hidden = true)
    private boolean bars;

    DemoCommand(Play play) {
        this.play = play;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(commandLine((options, folder, progress) -> options.kills() == 0
                        ? Performance.play(new FourClusters(), FourClusters.HISTORY, options, folder, progress)
                        : Performance.play(new ChaosProgramme(), ChaosProgramme.HISTORY, options, folder, progress))
                .execute(arguments));
    }

    /** The command line that runs this demonstration. */
    public static CommandLine commandLine(Play play) {
        CommandLine line = new CommandLine(new DemoCommand(play));
        addHelp(line);
        line.setHelpSectionKeys(List.of("text"));
        line.setHelpSectionMap(Map.of("text", ignored -> helpText()));
        line.setParameterExceptionHandler((exception, arguments) -> {
            PrintWriter err = exception.getCommandLine().getErr();
            err.println("demo: " + exception.getMessage());
            UnmatchedArgumentException.printSuggestions(exception, err);
            err.println("See ./demo --help");
            return REFUSED;
        });
        line.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof RunningDemo.NotRunningException) {
                command.getErr().println("demo: " + exception.getMessage());
                return REFUSED;
            }
            if (System.getProperty(LOG) != null) {
                LoggerFactory.getLogger(DemoCommand.class).error("demo failed", exception);
            }
            String cause = exception.getCause() == null
                    ? ""
                    : ": " + exception.getCause().getMessage();
            command.getErr().println("demo failed: " + exception.getMessage() + cause);
            return FAILED;
        });
        return line;
    }

    private static void addHelp(CommandLine command) {
        command.getSubcommands().values().forEach(DemoCommand::addHelp);
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).build());
    }

    private static String helpText() {
        try (@Nullable InputStream text = DemoCommand.class.getResourceAsStream("/help.txt")) {
            if (text == null) {
                throw new IllegalStateException("not on the class path: help.txt");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read help.txt", e);
        }
    }

    /** Refuses options before a subcommand, which would have no effect. */
    static void requireNoOptionsBefore(CommandSpec subcommand) {
        CommandLine parent = subcommand.commandLine().getParent();
        for (OptionSpec option : parent.getParseResult().matchedOptions()) {
            throw new ParameterException(
                    subcommand.commandLine(),
                    option.longestName() + " before '" + subcommand.name() + "': expected options after it");
        }
    }

    @Override
    public Integer call() throws Exception {
        if (check && keep) {
            throw new ParameterException(
                    spec.commandLine(), "--check and --keep: expected one of them, the check ends the clusters' load");
        }
        if (chaos != null && keep) {
            throw new ParameterException(
                    spec.commandLine(), "--chaos and --keep: expected one of them, chaos ends with the check");
        }
        if (chaos != null && chaos < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--chaos = '" + chaos + "': expected the number of runs to kill, at least 1");
        }
        if (exports != null && !Files.isDirectory(exports)) {
            throw new ParameterException(
                    spec.commandLine(), "--exports = '" + exports + "': expected a folder with own exports");
        }
        Path folder = Files.createDirectories(
                output != null
                        ? output
                        : RunningDemo.OUTPUTS.resolve(FOLDER.format(LocalDateTime.now(ZoneOffset.UTC))));
        requireEmpty(folder);
        // before the first log entry, because the Lambda's log belongs to this run
        System.setProperty(LOG, folder.resolve("lambda.log").toString());
        System.setProperty(CHAOS_LOG, folder.resolve("chaos.log").toString());
        Progress progress = new Progress(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8), bars);
        // the Lambda writes its metrics to the standard output, which belongs to the demo
        System.setOut(
                new PrintStream(Files.newOutputStream(folder.resolve("metrics.log")), true, StandardCharsets.UTF_8));
        return play.play(
                new DemoOptions(check, keep, seed, chaos == null ? 0 : chaos, Optional.ofNullable(exports)),
                folder,
                progress);
    }

    private void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), "--output = '" + folder + "': expected a new or an empty folder");
            }
        }
    }
}
