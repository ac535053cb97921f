package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.failure.SourceException;
import io.github.redshiftquerylogs.failure.UnloadException;
import io.github.redshiftquerylogs.lake.LakeTable;
import io.github.redshiftquerylogs.lake.WrittenFiles;
import io.github.redshiftquerylogs.redshift.SourceSession;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.unload.Staging;
import io.github.redshiftquerylogs.unload.UnloadManifest;
import io.github.redshiftquerylogs.unload.UnloadStatement;
import io.github.redshiftquerylogs.window.Window;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads windows of one table in one run, by fetching or by UNLOAD, as {@link ReadingPlan} says. */
public final class WindowReader {

    private static final Logger LOG = LoggerFactory.getLogger(WindowReader.class);
    private static final DateTimeFormatter PATH = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS");
    /** Rows of unloaded files that one Spark task reads: each task writes a file of the lake at least. */
    private static final long ROWS_OF_A_TASK = 500_000;

    private final ClusterName cluster;
    private final ExportDeclaration declaration;
    private final TransferPorts ports;
    private final SourceProbe probe;

    private List<SourceColumn> columns = List.of();
    private Optional<String> noUnload = Optional.empty();
    private long rowsBefore;
    private int fetches;

    /** @param probe asks the cluster about the table */
    public WindowReader(ClusterName cluster, ExportDeclaration declaration, TransferPorts ports, SourceProbe probe) {
        this.cluster = cluster;
        this.declaration = declaration;
        this.ports = ports;
        this.probe = probe;
    }

    /** The columns of the table's query, as the cluster has described them. */
    public void expect(List<SourceColumn> described) {
        columns = described;
    }

    /** Why the cluster does not unload this table, if that was found out. */
    public Optional<String> note() {
        return noUnload;
    }

    /** Reads a window; a failure leaves nothing behind. */
    public ReadWindow read(LakeTable table, Window window) {
        ReadWindow read = readAnyWay(table, window);
        rowsBefore = read.written().rows();
        return read;
    }

    private ReadWindow readAnyWay(LakeTable table, Window window) {
        long maxRows = new ReadingPlan(
                        ports.source().way(), ports.unloading().fetchThreshold(), noUnload.isEmpty(), rowsBefore)
                .fetchAtMost();
        if (maxRows > 0) {
            try {
                return fetch(table, window, maxRows);
            } catch (TooManyRowsException e) {
                // no row of it was kept
                LOG.warn("{} {}: unloads instead of fetching", cluster, e.getMessage());
            }
        }
        return unload(table, window).orElseGet(() -> fetch(table, window, Long.MAX_VALUE));
    }

    private ReadWindow fetch(LakeTable table, Window window, long maxRows) {
        String purpose = declaration.name() + " fetch " + ++fetches;
        WindowTask task = new FetchTask(
                rowsWrite(table, window),
                ports.source(),
                purpose,
                declaration.sql().rows(window),
                maxRows);
        return new ReadWindow(run(table, window, List.of(task)), Optional.empty());
    }

    private RowsWrite rowsWrite(LakeTable table, Window window) {
        return RowsWrite.of(table.writer(), window, declaration);
    }

    /** Empty if the cluster refuses; then it is not asked again in this run. */
    private Optional<ReadWindow> unload(LakeTable table, Window window) {
        Staging staging = new Staging(table.io(), location(window));
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
        RowsWrite write = rowsWrite(table, window);
        List<WindowTask> tasks = unloaded.parts(ROWS_OF_A_TASK).stream()
                .<WindowTask>map(files -> new UnloadedTask(write, files, columns))
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
        try (SourceSession session = probe.open()) {
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
                        cluster.value(),
                        declaration.name(),
                        PATH.format(window.from()) + "-" + PATH.format(window.to()),
                        UUID.randomUUID().toString())
                + "/";
    }

    private WrittenFiles run(LakeTable table, Window window, List<WindowTask> tasks) {
        List<WindowTasks.Result> results = ports.tasks().run(cluster + " " + declaration.name() + " " + window, tasks);
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
