package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.TooManyRowsException;
import io.github.redshiftquerylogs.lake.WindowTask;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.SourceColumn;
import io.github.redshiftquerylogs.redshift.SourceException;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.unload.Staging;
import io.github.redshiftquerylogs.unload.UnloadException;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import io.github.redshiftquerylogs.unload.UnloadStatement;
import io.github.redshiftquerylogs.window.Window;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads windows of one table in one run, by fetching or by UNLOAD, as {@link ReadingPlan} says. */
final class WindowReader {

    private static final DateTimeFormatter PATH = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS");
    /** Rows of unloaded files that one Spark task reads: each task writes a file of the lake at least. */
    private static final long ROWS_OF_A_TASK = 500_000;

    private final TableExport.RunBounds run;
    private final ExportDeclaration declaration;
    private final RunPorts ports;
    private final TableQuestions questions;

    private List<SourceColumn> columns = List.of();
    private Optional<String> noUnload = Optional.empty();
    private long rowsBefore;
    private int fetches;

    WindowReader(TableExport.RunBounds run, ExportDeclaration declaration, RunPorts ports, TableQuestions questions) {
        this.run = run;
        this.declaration = declaration;
        this.ports = ports;
        this.questions = questions;
    }

    /** The columns of the table's query, as the cluster has described them. */
    void expect(List<SourceColumn> described) {
        columns = described;
    }

    /** Why the cluster does not unload this table, if that was found out. */
    Optional<String> note() {
        return noUnload;
    }

    /** Reads a window; a failure leaves nothing behind. */
    ReadWindow read(LakeTable table, Window window) {
        ReadWindow read = readAnyWay(table, window);
        rowsBefore = read.written().rows();
        return read;
    }

    private ReadWindow readAnyWay(LakeTable table, Window window) {
        long most = new ReadingPlan(ports.source().way(), ports.unloading().few(), noUnload.isEmpty(), rowsBefore)
                .fetchAtMost();
        if (most > 0) {
            try {
                return fetch(table, window, most);
            } catch (TooManyRowsException e) {
                // nothing of it was kept; unloaded instead
            }
        }
        return unload(table, window).orElseGet(() -> fetch(table, window, Long.MAX_VALUE));
    }

    private ReadWindow fetch(LakeTable table, Window window, long most) {
        String purpose = declaration.name() + " fetch " + ++fetches;
        WindowTask task = table.fetch(window, ports.source(), purpose, most);
        return new ReadWindow(run(table, window, List.of(task)), Optional.empty());
    }

    /** Empty if the cluster refuses; then it is not asked again in this run. */
    private Optional<ReadWindow> unload(LakeTable table, Window window) {
        Staging staging = table.staging(location(window));
        Optional<String> statement = UnloadStatement.of(
                declaration.sql().rows(window),
                staging.location(),
                ports.unloading().role());
        if (statement.isEmpty()) {
            refused("its query, or the tempdir, has a backslash, which is not the same in every SQL");
            return Optional.empty();
        }
        boolean used = false;
        try {
            ReadWindow read = readUnloaded(table, window, statement.get(), staging);
            used = true;
            return Optional.of(read);
        } catch (SourceException e) {
            if (!e.isOfStatement()) {
                throw e;
            }
            refused(String.valueOf(e.getMessage()));
            return Optional.empty();
        } finally {
            // not by a catch: Spark throws checked exceptions that it does not declare
            if (!used) {
                staging.close();
            }
        }
    }

    private void refused(String why) {
        noUnload = Optional.of("rows are fetched, because the cluster does not unload them: " + why);
    }

    private ReadWindow readUnloaded(LakeTable table, Window window, String statement, Staging staging) {
        UnloadManifest unloaded = execute(window, statement, staging).orElse(UnloadManifest.NOTHING);
        List<WindowTask> tasks = unloaded.parts(ROWS_OF_A_TASK).stream()
                .map(files -> table.readUnloaded(window, files, columns))
                .toList();
        WrittenFiles written = run(table, window, tasks);
        if (written.rows() != unloaded.rows()) {
            table.discard(List.of(written));
            throw new UnloadException("of " + window + " " + written.rows() + " rows were read: expected "
                    + unloaded.rows() + ", as the manifest of " + staging.location() + " says");
        }
        return new ReadWindow(written, Optional.of(staging));
    }

    /** Empty if there is nothing to unload. */
    private Optional<UnloadManifest> execute(Window window, String statement, Staging staging) {
        try (SourceSession session = questions.open()) {
            session.execute(statement);
            Optional<UnloadManifest> manifest = staging.manifest();
            if (manifest.isEmpty()) {
                // the cluster itself has to say that there is nothing
                session.time(declaration.sql().firstRow(window)).ifPresent(first -> {
                    throw new UnloadException("UNLOAD has written nothing to " + staging.location()
                            + ", but the cluster has rows of " + window + ", the first of " + first
                            + ": expected a manifest");
                });
            }
            return manifest;
        }
    }

    /** Never the same twice. */
    private String location(Window window) {
        return String.join(
                        "/",
                        ports.unloading().tempdir(),
                        run.cluster().value(),
                        declaration.name(),
                        PATH.format(window.from()) + "-" + PATH.format(window.to()),
                        UUID.randomUUID().toString())
                + "/";
    }

    private WrittenFiles run(LakeTable table, Window window, List<WindowTask> tasks) {
        List<WindowTasks.Result> results =
                ports.tasks().run(run.cluster() + " " + declaration.name() + " " + window, tasks);
        List<WrittenFiles> written =
                results.stream().flatMap(result -> result.files().stream()).toList();
        results.stream()
                .flatMap(result -> result.problem().stream())
                .findFirst()
                .ifPresent(failure -> {
                    // what the other tasks have written belongs to nothing
                    table.discard(written);
                    throw failure;
                });
        return WrittenFiles.of(written);
    }
}
