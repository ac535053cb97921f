package io.github.redshiftquerylogs.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.redshiftquerylogs.lake.LocalLake;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.Source;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.sandbox.aws.secrets.SecretForms;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.transfer.WindowTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of a run: its bounds, windows and failures, and no secret. */
class RunLogTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-11-18T22:00:00");
    private static final String SUBJECT = "product-warehouse stl_query: ";

    @AutoClose
    private static final LocalLake STORAGE = new LocalLake();

    private static ExportFixture pipeline;

    @BeforeAll
    static void start() {
        pipeline = new ExportFixture(STORAGE);
        pipeline.export(ExportFixture.CORE.stream()
                .filter(export -> export.name().equals("stl_query"))
                .toList());
        pipeline.workload.writeHistory(START, START.plusHours(2));
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @BeforeEach
    void startAfresh() {
        pipeline.startAfresh();
        pipeline.signIn(pipeline.loginAt(pipeline.redshift.jdbcUrl(), ExportFixture.PASSWORD));
    }

    @Test
    void runLogsItsBoundsAndEachWindow() {
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = pipeline.run();

            List<String> lines = lines(log);
            assertThat(lines.get(0))
                    .startsWith("INFO product-warehouse: run " + summary.runId()
                            + " begins: windows of at most PT6H, budget PT20M");
            assertThat(lines.get(1))
                    .startsWith("INFO product-warehouse: reads host:127.0.0.1:")
                    .contains(" to " + pipeline.redshift.now().minusMinutes(2) + ";")
                    .endsWith("; tables stl_query");
            TableSummary table = summary.tables().get(0);
            assertThat(lines.get(2))
                    .startsWith("WARN product-warehouse: the URL of the Glue connection to 127.0.0.1:")
                    .contains(" sets ssl=false: the connection is not encrypted");
            int end = lines.size() - 1;
            assertThat(lines.get(end - 1))
                    .isEqualTo("INFO product-warehouse: 0 days of tables compacted; 0 snapshots of 0 tables expired");
            assertThat(lines.get(end - 2))
                    .isEqualTo(
                            "INFO product-warehouse: the queries of 5 days are summarised, 2026-11-13 to 2026-11-17");
            assertThat(lines.get(end - 3))
                    .matches("INFO product-warehouse: 5 days of tables sealed or closed; head \\w{64} of 5 entries");
            assertThat(lines.get(end - 4))
                    .isEqualTo("INFO " + SUBJECT
                            + "count of 2026-11-17: 0 rows in the source, 0 in the lake; 0 hours differ");
            assertThat(lines.subList(3, end - 4))
                    .hasSize(table.windows())
                    .allMatch(
                            line -> line.matches(
                                    "INFO " + SUBJECT
                                            + "window \\(2026-11-1\\S+, 2026-11-1\\S+]: (0 rows, fetch, [\\d.]+ s, nothing to commit|[1-9]\\d* rows, fetch, [\\d.]+ s, 1 commit attempt( for [2-9] windows)?)"));
            assertThat(lines.get(end))
                    .startsWith("INFO product-warehouse: run " + summary.runId() + " ends: succeeded; read up to ")
                    .contains("1 of 1 tables complete, " + table.windows() + " windows, " + table.rows() + " rows");
            pipeline.run();
            assertThat(lines(log))
                    .anyMatch(line -> line.contains(" from " + table.readUpTo().orElseThrow() + " to "));
        }
    }

    @Test
    void eachRefusedCommitIsAWarningWithItsReason() {
        pipeline.run();
        pipeline.table("stl_query")
                .updateProperties()
                .set("commit.retry.num-retries", "0")
                .commit();
        pipeline.workload.advanceTo(pipeline.workload.now().plusMinutes(30));
        STORAGE.endpoint()
                .failNext(
                        "UpdateTable", new AwsError("ConcurrentModificationException", "another cluster was first"), 2);
        try (LogCapture log = new LogCapture()) {
            pipeline.run();

            assertThat(lines(log))
                    .filteredOn(line -> line.startsWith("WARN " + SUBJECT + "window ("))
                    .hasSize(2)
                    .allMatch(line -> line.contains("] starts over: the commit was refused: Cannot commit"));
            assertThat(lines(log)).anyMatch(line -> line.endsWith(", 3 commit attempts"));
        }
    }

    @Test
    void unexpectedExceptionKeepsItsClassAndFramesAndLosesTheSecret() {
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = pipeline.run(pipeline.state, (description, tasks) -> {
                throw talkative();
            });

            assertThat(error(summary))
                    .startsWith(
                            "java.lang.IllegalStateException: refused *** for good; caused by: java.io.IOException: ***")
                    .contains("; at io.github.redshiftquerylogs.export.RunLogTest.talkative(RunLogTest.java:");
            assertThat(log.text())
                    .contains("ERROR " + SUBJECT + "failed (internal): java.lang.IllegalStateException: refused ***")
                    .contains("java.io.IOException: ***")
                    .contains("at io.github.redshiftquerylogs.export.TableExport.exportWindows(TableExport.java:");
            requireHidden(summary, log);
        }
    }

    @Test
    void unexpectedExceptionOfATaskKeepsItsClassAndFramesAndLosesTheSecret() {
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = pipeline.run(
                    pipeline.state,
                    (description, tasks) -> pipeline.runTask(
                            description,
                            tasks.stream().<WindowTask>map(TalkativeTask::new).toList()));

            assertThat(error(summary))
                    .startsWith(
                            "java.lang.IllegalStateException: refused *** for good; caused by: java.io.IOException: ***")
                    .contains("; at io.github.redshiftquerylogs.export.RunLogTest.talkative(RunLogTest.java:");
            assertThat(log.text()).contains("at io.github.redshiftquerylogs.export.RunLogTest$TalkativeTask.run(");
            requireHidden(summary, log);
        }
    }

    @Test
    void withoutRedactionTheSecretIsInLogAndSummary() {
        pipeline.signIn(new Unredacted(pipeline.loginAt(pipeline.redshift.jdbcUrl(), ExportFixture.PASSWORD)));
        try (LogCapture log = new LogCapture()) {
            RunSummary summary = pipeline.run(pipeline.state, (description, tasks) -> {
                throw talkative();
            });
            SecretForms forms = SecretForms.of(ExportFixture.USER, ExportFixture.PASSWORD);
            assertThat(forms.in(summary.toJson())).isNotEmpty();
            assertThat(forms.in(log.text())).isNotEmpty();
        }
    }

    private static List<String> lines(LogCapture log) {
        return log.text()
                .lines()
                .filter(line -> line.contains(" product-warehouse"))
                .toList();
    }

    private static String error(RunSummary summary) {
        assertThat(summary.status()).isEqualTo(RunSummary.Status.FAILED);
        return summary.tables().get(0).error().orElseThrow();
    }

    private static void requireHidden(RunSummary summary, LogCapture log) {
        SecretForms forms = SecretForms.of(ExportFixture.USER, ExportFixture.PASSWORD);
        assertThat(forms.in(summary.toJson())).isEmpty();
        assertThat(forms.in(summary.toText())).isEmpty();
        assertThat(log.text()).contains(LogCapture.BEGIN_SLF4J, LogCapture.BEGIN_PLATFORM);
        assertThat(forms.in(log.text())).isEmpty();
    }

    private static IllegalStateException talkative() {
        String password = ExportFixture.PASSWORD;
        IllegalStateException talkative = new IllegalStateException(
                "refused " + password + " for good",
                new IOException(URLEncoder.encode(password, StandardCharsets.UTF_8)));
        talkative.addSuppressed(new UncheckedIOException(new IOException(password)));
        return talkative;
    }

    /** A task that fails like a driver that repeats the password. */
    private record TalkativeTask(WindowTask task) implements WindowTask {

        @Override
        public WrittenFiles run(int partition, long attempt) {
            throw talkative();
        }

        @Override
        public String redact(String text) {
            return task.redact(text);
        }
    }

    /** A source that redacts nothing. */
    private record Unredacted(Source source) implements Source {

        @Override
        public Way way() {
            return source.way();
        }

        @Override
        public SourceSession open(String purpose) {
            return source.open(purpose);
        }

        @Override
        public Source inDatabase(String database) {
            return new Unredacted(source.inDatabase(database));
        }

        @Override
        public String redact(String text) {
            return text;
        }
    }
}
