package io.github.redshiftquerylogs.sandbox.unload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs UNLOADs of one cluster. The query runs on the given connection with its rights; rows go to local files; when all
 * rows are written, files and manifest are copied to the object store.
 */
public final class Unload {

    private static final int FETCH_SIZE = 1_000;

    private final String cluster;
    private final Optional<UnloadSetup> setup;

    /**
     * @param cluster its name, for messages
     * @param setup roles, store and formats of the cluster; empty if it has no role
     */
    public Unload(String cluster, Optional<UnloadSetup> setup) {
        this.cluster = cluster;
        this.setup = setup;
    }

    /**
     * Runs an UNLOAD.
     *
     * @param session the connection of the query; rows are streamed, so autocommit must be off
     * @param user the session's user, for messages
     * @param running receives the query's statement before it runs, so that it can be cancelled
     * @return the number of unloaded rows
     * @throws SQLException if it is refused, or the query fails
     */
    public long run(Connection session, String user, ParsedUnload unload, Consumer<Statement> running)
            throws SQLException {
        UnloadSetup allowed = allowed(unload.roles(), user);
        Path folder = temporaryFolder();
        try (Statement statement = session.createStatement()) {
            requireEmpty(allowed.store(), unload);
            statement.setFetchSize(FETCH_SIZE);
            running.accept(statement);
            try (ResultSet rows = statement.executeQuery(unload.select())) {
                List<UnloadColumn> columns = UnloadColumn.of(rows.getMetaData(), allowed.timestamps());
                List<SliceFiles> slices = slices(allowed, unload, columns, folder);
                return store(allowed, unload, columns, files(slices, rows), folder);
            }
        } catch (IOException e) {
            throw UnloadRefusedException.storage(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw UnloadRefusedException.notSupported(
                    "a value does not fit its type in Parquet: a NUMERIC without scale that has decimals, or a"
                            + " time out of range: " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    /** A cluster assumes the first role of a chain, so that role must be associated with it. */
    private UnloadSetup allowed(List<String> chain, String user) throws UnloadRefusedException {
        if (chain.isEmpty()) {
            return setup.filter(UnloadSetup::hasDefaultRole)
                    .orElseThrow(() -> UnloadRefusedException.storage("The default IAM role is not set for cluster "
                            + cluster + ": associate an IAM role and make it the default"));
        }
        return setup.filter(known -> known.roles().contains(chain.get(0)))
                .orElseThrow(() -> UnloadRefusedException.storage(
                        "User arn:aws:redshift:eu-central-1:000000000000:dbuser:" + cluster + "/" + user
                                + " is not authorized to assume IAM Role " + String.join(",", chain)));
    }

    private static void requireEmpty(ObjectStore store, ParsedUnload unload)
            throws IOException, UnloadRefusedException {
        // called in any case, because this call fails for a missing bucket
        boolean occupied = store.holdsAny(unload.bucket(), unload.keyPrefix());
        if (occupied && !unload.allowOverwrite()) {
            throw UnloadRefusedException.storage(
                    "Specified unload destination on S3 is not empty. Consider using a different"
                            + " bucket / prefix, manually removing the target files in S3, or using the ALLOWOVERWRITE option.");
        }
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html: {@code <slice>_part_<part>}, or a number only. */
    private static List<SliceFiles> slices(
            UnloadSetup setup, ParsedUnload unload, List<UnloadColumn> columns, Path folder) {
        if (!unload.parallel()) {
            return List.of(new SliceFiles(folder, "%03d.parquet"::formatted, columns, unload.maxFileSize()));
        }
        return IntStream.range(0, setup.slices())
                .mapToObj(slice -> new SliceFiles(
                        folder, part -> "%04d_part_%02d.parquet".formatted(slice, part), columns, unload.maxFileSize()))
                .toList();
    }

    /** Distributes the rows over the slices in turn. */
    private static List<UnloadFile> files(List<SliceFiles> slices, ResultSet rows) throws SQLException, IOException {
        try {
            for (int i = 0; rows.next(); i = (i + 1) % slices.size()) {
                slices.get(i).write(rows);
            }
            List<UnloadFile> files = new ArrayList<>();
            for (SliceFiles slice : slices) {
                files.addAll(slice.finished());
            }
            return files;
        } finally {
            for (SliceFiles slice : slices) {
                slice.close();
            }
        }
    }

    private static long store(
            UnloadSetup setup, ParsedUnload unload, List<UnloadColumn> columns, List<UnloadFile> files, Path folder)
            throws IOException {
        for (UnloadFile file : files) {
            setup.store().put(unload.bucket(), unload.keyPrefix() + file.name(), file.content());
        }
        boolean something = !files.isEmpty() || setup.emptyResult() == EmptyResult.WRITES_EMPTY_MANIFEST;
        if (unload.manifest() && something) {
            Path manifest = folder.resolve("manifest");
            Files.writeString(manifest, ManifestFile.json(unload, columns, files));
            setup.store().put(unload.bucket(), unload.keyPrefix() + "manifest", manifest);
        }
        return files.stream().mapToLong(UnloadFile::rows).sum();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("unload-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for files to unload", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
