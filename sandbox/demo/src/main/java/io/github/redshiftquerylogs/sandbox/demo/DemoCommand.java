package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.redshift.Patch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./demo}: the whole pipeline on one machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        version = "redshift-query-logs demo",
        description = {
            "Runs the whole pipeline on this machine: Redshift stand-ins under load, the Lambda, Glue jobs as processes,"
                    + " Iceberg tables on S3, watermarks in DynamoDB; then asks five questions of all clusters.",
            "Everything listens on free ports of the loopback interface and ends with the command."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:a run failed, or the check found a difference", "2:wrong options"})
final class DemoCommand implements Callable<Integer> {

    private static final Duration HISTORY = Duration.ofDays(3);
    private static final int INTERRUPTED = 130;
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");

    @Option(
            names = "--check",
            description = "at the end, stop the load, export the rest, and compare the lake with all that was logged")
    private boolean check;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description = "where logs, the lake's files and summary.json go; default: a new folder below output/")
    private @Nullable Path output;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the load; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--bars", description = "show bars; the script ./demo says so when the output is a terminal")
    private boolean bars;

    DemoCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... arguments) {
        CommandLine command = new CommandLine(new DemoCommand());
        command.setExecutionExceptionHandler((exception, line, parsed) -> {
            if (exception instanceof CommandLine.ParameterException) {
                line.getErr().println(line.getColorScheme().errorText(exception.getMessage()));
                return 2;
            }
            LoggerFactory.getLogger(DemoCommand.class).error("demo failed", exception);
            line.getErr()
                    .println(line.getColorScheme()
                            .errorText("demo failed: " + exception.getMessage()
                                    + (exception.getCause() == null
                                            ? ""
                                            : ": " + exception.getCause().getMessage())));
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createDirectories(
                output != null ? output : Path.of("output", FOLDER.format(LocalDateTime.now(ZoneOffset.UTC))));
        requireEmpty(folder);
        // before anything logs: the Lambda's log belongs to this run
        System.setProperty("demo.log", folder.resolve("lambda.log").toString());
        Progress progress = new Progress(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8), bars);
        Summary summary = new Summary();
        Artifacts artifacts = Artifacts.find(Path.of(""));
        progress.heading("Starting");
        Demonstration demonstration = Demonstration.start(folder, artifacts, progress, HISTORY);
        AtomicBoolean open = new AtomicBoolean(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(demonstration, open), "close"));
        try {
            return run(demonstration, progress, summary) ? 0 : 1;
        } catch (Exception e) {
            if (!open.get()) {
                // interrupted: its parts are being closed under it, and that is no failure to tell
                return INTERRUPTED;
            }
            throw e;
        } finally {
            close(demonstration, open);
            summary.write(folder);
            progress.line("");
            progress.line("logs, the lake's files and summary.json: " + folder);
        }
    }

    private void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "--output = '" + folder + "': expected a new or an empty folder");
            }
        }
    }

    private boolean run(Demonstration demonstration, Progress progress, Summary summary) throws Exception {
        demonstration.addCluster("product-warehouse", Patch.NEWER, seed);
        demonstration.addCluster("category-management", Patch.OLDER, seed + 1);

        progress.heading("Tick 1: two clusters, each with a backlog");
        boolean ran = tick(demonstration.tick(), summary);

        progress.heading("The load goes on, and a third cluster is added: by parameters alone");
        demonstration.addCluster("finance_reports", Patch.NEWER, seed + 2);
        progress.step("every kind of statement, a query of 40 minutes among them", () -> {
            demonstration.load();
            return true;
        });

        progress.heading("Tick 2: the new rows of two clusters, the backlog of the third");
        ran &= tick(demonstration.tick(), summary);

        progress.heading("The load goes on");
        progress.step("every kind of statement once more", () -> {
            demonstration.load();
            return true;
        });

        progress.heading("Tick 3: the new rows of three clusters");
        ran &= tick(demonstration.tick(), summary);

        progress.heading("Five questions over all clusters");
        LakeReader lake = demonstration.openLake();
        demonstration.ask(lake);
        return ran && (!check || check(demonstration, lake, progress, summary));
    }

    private static boolean check(Demonstration demonstration, LakeReader lake, Progress progress, Summary summary)
            throws Exception {
        progress.heading("Check: the load ends, everything settles, one more tick");
        boolean ran = tick(demonstration.settle(), summary);
        CheckReport report = progress.step(
                "comparing the lake with the ledger and with the clusters", () -> demonstration.check(lake));
        summary.check(report);
        progress.block(report.render());
        boolean passed = ran && report.exitCode() == 0;
        progress.line(passed ? "✓ nothing lost, nothing twice, nothing changed" : "✗ the check failed");
        return passed;
    }

    private static boolean tick(List<RunReport> reports, Summary summary) {
        summary.tick(reports);
        return !reports.isEmpty() && reports.stream().allMatch(RunReport::succeeded);
    }

    private static void close(Demonstration demonstration, AtomicBoolean open) {
        if (!open.getAndSet(false)) {
            return;
        }
        try {
            demonstration.close();
        } catch (IllegalStateException e) {
            // at an interrupt its parts go in any order; all of them are gone with this process
            LoggerFactory.getLogger(DemoCommand.class).warn("while closing", e);
        }
    }
}
