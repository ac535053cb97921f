package io.github.redshiftquerylogs.transfer;

import io.github.redshiftquerylogs.declaration.ExportDeclaration;
import io.github.redshiftquerylogs.declaration.SourceColumn;
import io.github.redshiftquerylogs.declaration.SourceQuery;
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

/** Reads windows of one table in one run, by fetching or by UNLOAD as {@link ReadingPlan} decides. */
public final class WindowReader {

    private static final Logger LOG = LoggerFactory.getLogger(WindowReader.class);
    private static final DateTimeFormatter PATH = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS");
    /** Unloaded rows per Spark task. Each task writes at least one file of the lake. */
    private static final long ROWS_OF_A_TASK = 500_000;

    private final ClusterName cluster;
    private final ExportDeclaration declaration;
    private final TransferPorts ports;
    private final SourceProbe probe;
    private final Optional<String> database;

    private List<SourceColumn> columns = List.of();
    private Optional<String> noUnload = Optional.empty();
    private long rowsBefore;
    private int fetches;

    /** @param probe queries the cluster about the table */
    public WindowReader(ClusterName cluster, ExportDeclaration declaration, TransferPorts ports, SourceProbe probe) {
        this(cluster, declaration, ports, probe, Optional.empty());
    }

    /**
     * A reader of one database.
     *
     * @param database each row must say that it is of this one; empty if the rows do not say theirs
     */
    public WindowReader(
            ClusterName cluster,
            ExportDeclaration declaration,
            TransferPorts ports,
            SourceProbe probe,
            Optional<String> database) {
        this.database = database;
        this.cluster = cluster;
        this.declaration = declaration;
        this.ports = ports;
        this.probe = probe;
    }

    /** Sets the columns of the table's query, as the cluster described them. */
    public void expect(List<SourceColumn> described) {
        columns = described;
    }

    /** The reason why the cluster does not unload this table; empty if it was not refused. */
    public Optional<String> note() {
        return noUnload;
    }

    /** Reads a window and writes its rows to files. If it fails, no file is left. */
    public ReadWindow read(LakeTable table, Window window) {
        ReadWindow read = readAnyWay(table, window);
        rowsBefore = read.written().rows();
        return read;
    }

    private ReadWindow readAnyWay(LakeTable table, Window window) {
        long maxRows = new ReadingPlan(
                        ports.source().way(),
                        ports.unloading().fetchThreshold(),
                        !declaration.isLog(),
                        noUnload.isEmpty(),
                        rowsBefore)
                .fetchAtMost();
        if (maxRows > 0) {
            try {
                return fetch(table, window, maxRows);
            } catch (TooManyRowsException e) {
                // no row of the window was kept
                LOG.warn("{} {}: unloads instead of fetching", cluster, e.getMessage());
            }
        }
        return unload(table, window).orElseGet(() -> fetch(table, window, Long.MAX_VALUE));
    }

    private ReadWindow fetch(LakeTable table, Window window, long maxRows) {
        String purpose = declaration.name() + " fetch " + ++fetches;
        RowsWrite write = rowsWrite(table, window);
        String sql = declaration.sql().rows(window);
        WrittenFiles written = ports.source()
                .whileReading(
                        source -> run(table, window, List.of(new FetchTask(write, source, purpose, sql, maxRows))));
        return new ReadWindow(written, Optional.empty());
    }

    private RowsWrite rowsWrite(LakeTable table, Window window) {
        return RowsWrite.of(table.writer(), window, declaration, database);
    }

    /** Unloads a window; empty if the cluster refuses, and then no later window of this run is unloaded. */
    private Optional<ReadWindow> unload(LakeTable table, Window window) {
        Staging staging = new Staging(table.io(), location(window));
        Optional<String> statement = UnloadStatement.of(
                queryToUnload(window),
                staging.location(),
                ports.unloading().role(),
                ports.unloading().region());
        if (statement.isEmpty()) {
            refused("its query or the tempdir contains a backslash, which has no unambiguous spelling in SQL");
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
            // in a finally block, because Spark throws checked exceptions that it does not declare
            if (!used) {
                staging.close();
            }
        }
    }

    /** Files are read by the names of their columns, so those are the lake's. */
    private String queryToUnload(Window window) {
        SourceQuery query = declaration.sql();
        return columns.stream().anyMatch(SourceColumn::isRenamed)
                ? query.rowsWithNames(
                        window, columns.stream().map(SourceColumn::name).toList())
                : query.rows(window);
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

    /** Runs an UNLOAD; empty if the window has no rows. */
    private Optional<UnloadManifest> execute(Window window, String statement, Staging staging) {
        try (SourceSession session = probe.open()) {
            session.execute(statement);
            Optional<UnloadManifest> manifest = staging.manifest();
            if (manifest.isEmpty()) {
                // a missing manifest counts as no rows only if the cluster confirms it
                SourceQuery query = declaration.sql();
                session.firstRow(query.firstRow(window), query.firstRowByPosition(window))
                        .ifPresent(first -> {
                            throw new UnloadException("UNLOAD has written nothing to " + staging.location()
                                    + ", but the cluster has rows of " + window + ", the first of " + first
                                    + ": expected a manifest");
                        });
            }
            return manifest;
        }
    }

    /** A location that no other UNLOAD uses. */
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
                    // no commit will contain the files of the other tasks
                    table.discard(written);
                    throw failure;
                });
        return WrittenFiles.of(written);
    }
}
